"""Real patients: a hospital's tables in, each entry accounted for, graded by the text that grades virtual ones."""
