"""Search over all kinds: the whole state in the address."""
