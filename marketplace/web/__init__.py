"""What every view stands on: the door to the graph, access, forms, words."""
