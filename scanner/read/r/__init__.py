"""Lockfiles of R."""
