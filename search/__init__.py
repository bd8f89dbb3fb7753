"""Full-text search: one document shape, one query, two engines behind one protocol."""
