"""What was taken out of the network, by whom: recorded each time."""
