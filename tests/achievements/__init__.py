"""Stories of achievements: from a draft to the public, revised, withdrawn."""
