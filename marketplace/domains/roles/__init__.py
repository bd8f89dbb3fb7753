"""Who holds which role where, from when until when, for whom; and the second administrator whom their own rights need."""
