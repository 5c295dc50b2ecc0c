"""Lockfiles of Cargo."""
