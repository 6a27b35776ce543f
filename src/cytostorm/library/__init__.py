"""The mechanisms, one file each, and the recipes that join them."""
