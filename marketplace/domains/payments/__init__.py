"""Payments under contracts, as records: the site moves no money. The buyer says what was paid, the seller that it arrived."""
