"""Lockfiles of Composer."""
