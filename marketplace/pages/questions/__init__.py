"""Questions in words about the talent network: chosen from parts, answered with the reason."""
