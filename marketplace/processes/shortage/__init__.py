"""The rules by which the shortage list warns: data that an administrator edits, each with its source."""
