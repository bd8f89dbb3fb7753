"""Who bids, what a bid does, and the end: all of it under the auction's guard."""
