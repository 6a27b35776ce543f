"""Real patients: tables in, each entry accounted for, graded by the text that grades virtual ones."""
