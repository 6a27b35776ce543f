"""The report of a run: one page that stands by itself, and its numbers as JSON."""

from cytostorm.report.write import write

__all__ = ["write"]
