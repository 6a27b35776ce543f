"""Published scores and criteria, a file for each or for a family."""
