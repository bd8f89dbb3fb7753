"""What readers think of a match, and what its publisher learns from it: sums and repairs, never who said it."""
