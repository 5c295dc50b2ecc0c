"""Lockfiles of LuaRocks."""
