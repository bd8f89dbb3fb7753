"""From a need to what may solve it, and back: the ranking of the index, visibility from the graph."""
