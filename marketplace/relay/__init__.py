"""What happens after a commit: the index follows, those concerned are told, the audit is sealed. One leader at a time."""
