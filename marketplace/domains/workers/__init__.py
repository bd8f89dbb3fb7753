"""Workers: a public card by their own consent, and a guarded side that only they and the officers above reach."""
