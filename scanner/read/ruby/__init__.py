"""Lockfiles of Bundler."""
