"""Auctions: a listing goes to whoever bids most, by rules that are fixed before anybody bids."""
