"""The triggers of the library, one file each."""
