"""Lockfiles and manifests of Conan and vcpkg."""
