"""Who judges a team: experts whom nothing links with it; whoever is linked is refused, and the officer sees how."""
