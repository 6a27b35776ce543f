"""Scores and criteria: one text each, which grades a virtual patient in the kernel and a hospital's table alike."""
