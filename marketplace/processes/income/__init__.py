"""From a payment that is recorded to the lines of those who made the thing, in one transaction."""
