"""What a contributor objects to in their own line, what the unit answers, and what is passed on to the union."""
