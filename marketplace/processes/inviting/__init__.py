"""Inviting: codes and messages that bring people to an enterprise, a studio, an association or their own card."""
