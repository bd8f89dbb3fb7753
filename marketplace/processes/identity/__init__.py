"""One person, entered twice: merged into one, and separated again."""
