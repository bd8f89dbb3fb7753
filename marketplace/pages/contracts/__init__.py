"""A contract on one page: where it stands, what is missing, who has the next word; and the list of one's own."""
