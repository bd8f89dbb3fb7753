"""People who are likely one person, with what speaks for it."""
