"""Offers of a conversation: each proposes all the terms, none is ever changed, one at a time is open."""
