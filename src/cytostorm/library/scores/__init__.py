"""The scores of the library, one file each."""
