"""Lockfiles and requirements of the Python package managers."""
