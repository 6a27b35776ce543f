"""What every engine of the comparison shares: the problem, generated source, timing, tables, picture."""
