"""Searches that somebody keeps: words and filters under a name, and what became public for them since."""
