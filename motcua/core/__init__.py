"""Shared kernel: small, pure, without tables. See README.md."""
