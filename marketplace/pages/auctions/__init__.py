"""Auctions as everybody sees them."""
