"""Joining: an enterprise or a worker at the door, let in by the unit that knows them."""
