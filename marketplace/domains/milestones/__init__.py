"""Milestones: what a contract in force promises step by step, reported by the provider and accepted by the other side."""
