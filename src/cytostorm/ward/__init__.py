"""Real patients: tables and bundles in, one long table, graded over time by the same texts as virtual patients."""
