"""What comes of an auction: a contract with the winner, the next one's turn, or a failure with its reason."""
