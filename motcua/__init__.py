"""Motcua (một cửa, "one door"): an open platform for online public services."""

__version__ = "0.1.0"
