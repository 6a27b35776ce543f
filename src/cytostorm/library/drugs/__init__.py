"""The drugs of the library, one file each."""
