"""Saved views: an address of the network with a name; never what stands there."""
