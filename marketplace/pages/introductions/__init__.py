"""Introductions on the screen: to make one, to answer it, and one's own list; with the path in the network that speaks for the two."""
