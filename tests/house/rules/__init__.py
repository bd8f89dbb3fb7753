"""The rules of the house, each a small function over source text, so that a broken sample can show that it bites."""
