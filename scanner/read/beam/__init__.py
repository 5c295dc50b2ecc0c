"""Lockfiles of Mix and Rebar3, the package managers of Elixir and Erlang."""
