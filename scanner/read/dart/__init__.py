"""Lockfiles of Pub, the package manager of Dart and Flutter."""
