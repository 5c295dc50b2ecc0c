"""Lockfiles of Carton."""
