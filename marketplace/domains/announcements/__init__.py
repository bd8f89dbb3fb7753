"""What a union writes to all accounts at or below one of its units."""
