"""Saved searches as their owner sees them: what is new, and why."""
