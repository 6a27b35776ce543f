"""The experiments and checks of each group of published rows, one file each.

Each file has `check_of(target)`, which returns a Check, or Unscored with a reason.
"""
