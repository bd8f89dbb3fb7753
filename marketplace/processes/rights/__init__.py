"""Roles as people give, lend and end them; an administrator's with a second administrator."""
