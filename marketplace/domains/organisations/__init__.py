"""The tree of union organisations, in which a unit may have several parents."""
