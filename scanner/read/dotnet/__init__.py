"""Lockfiles and package lists of NuGet and Paket."""
