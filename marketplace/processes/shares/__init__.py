"""Shares in an achievement: asked for, confirmed, objected to."""
