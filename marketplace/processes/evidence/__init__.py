"""Files that show what an achievement claims: each for whom it is meant."""
