"""Who may do what, and why: from the rules that decide it."""
