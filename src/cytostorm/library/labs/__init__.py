"""The labs of the library, one file each."""
