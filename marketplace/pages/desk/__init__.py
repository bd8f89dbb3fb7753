"""The review desk: what waits for an officer's units, one case at a time."""
