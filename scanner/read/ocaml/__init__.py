"""Lockfiles of opam."""
