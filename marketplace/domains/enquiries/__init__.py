"""Questions to the makers of a thing, answered once, and what a reader saved for later."""
