"""A whole store as rows, out of one engine and into another. Knows the map, and nothing of what the site does with it."""
