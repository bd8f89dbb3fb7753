"""Contracts: drafted from what was agreed, confirmed by both sides, carried out stage by stage, paid as recorded, and ended."""
