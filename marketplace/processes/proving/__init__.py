"""Whoever sits there proves it again before something grave is done."""
