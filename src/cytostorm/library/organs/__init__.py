"""The organs of the library, one file each."""
