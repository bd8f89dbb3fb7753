"""An objection and its answer: the ledger and what is said about it, in one transaction."""
