"""Succession: a unit of the union is merged or closed, and another takes its place."""
