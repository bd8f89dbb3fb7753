"""Bids: the rules by which they lead, the chain in which they stand, and who bids under which number."""
