"""What the talent network tells as a whole: groups, key people, connectors, computed off-line, and the rules of the shortage list."""
