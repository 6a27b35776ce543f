"""Storms that can be run by name: each trigger, its usual patient, and how bad it gets."""
