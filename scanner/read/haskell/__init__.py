"""Lockfiles of Stack and Cabal."""
