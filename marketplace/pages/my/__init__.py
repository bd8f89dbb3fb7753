"""My work: what waits for me first, then what I own, whatever my roles are."""
