"""A second factor is set up, its recovery codes are renewed, it is taken away: the account and its door change together."""
