"""Registrations: somebody at the door, and the unit of the union that lets them in."""
