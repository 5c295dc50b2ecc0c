"""Lockfiles of the JavaScript package managers."""
