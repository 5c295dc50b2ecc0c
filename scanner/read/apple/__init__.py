"""Lockfiles of the Swift Package Manager and of CocoaPods."""
