"""Matches on the screen: of a need, of what may solve it, and what was said of them. The rules stand in processes/matching."""
