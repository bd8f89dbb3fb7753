"""What a search shows beside its rows: facets, comparison, export, the way on from nothing."""
