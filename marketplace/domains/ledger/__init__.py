"""The ledger of a contract's income: postings of balanced entries, chained by hash, never changed, corrected by counter-entries alone."""
