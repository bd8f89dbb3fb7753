"""After a contract is fulfilled its two sides rate each other."""
