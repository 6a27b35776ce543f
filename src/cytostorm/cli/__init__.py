"""The command line. Nothing heavy is loaded before a command needs it."""

from cytostorm.cli.main import main

__all__ = ["main"]
