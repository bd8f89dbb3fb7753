"""From a listing to an auction, and who may take part in it."""
