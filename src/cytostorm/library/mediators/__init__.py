"""The mediators of the library, one file each."""
