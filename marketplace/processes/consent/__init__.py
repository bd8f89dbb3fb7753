"""What a person agrees to show, and how others then see them."""
