"""What one expert says of one team: one vote each, sealed until all are in."""
