"""The record of what was taken out of the search."""
