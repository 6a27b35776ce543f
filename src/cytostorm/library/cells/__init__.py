"""The cells of the library, one file each."""
