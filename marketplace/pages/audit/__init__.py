"""Who did what to which thing, and who saw what is personal: for officers in their subtree, for administrators of their own."""
