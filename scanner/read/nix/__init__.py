"""Lockfiles of Nix flakes."""
