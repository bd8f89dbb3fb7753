"""Stories of saved searches: who hears of what becomes public, once, and who does not."""
