"""The first page: what one can do here, what is new, and what waits for whoever is signed in."""
