"""What stands in a view of the network or in an answer, as a file."""
