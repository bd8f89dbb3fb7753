"""What a search shows, as a file."""
