"""Organ support in the library, one file each."""
