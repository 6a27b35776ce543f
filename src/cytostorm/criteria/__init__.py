"""Scores and criteria: one text each grades virtual patients and a hospital's tables alike."""
