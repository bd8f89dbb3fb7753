"""What workers have made: from a draft through review to the public, with shares and adopters."""
