"""Lockfiles of Julia's Pkg."""
