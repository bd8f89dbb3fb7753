"""Up to four things side by side: the whole state in the address."""
