"""What is read off a run: metrics, published targets, and the comparison of the two."""
