"""Lockfiles of Bazel."""
