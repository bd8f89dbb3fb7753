"""A person's right to be erased: asked for, decided by an officer above, carried out in graph, index and, by their key, in every copy."""
