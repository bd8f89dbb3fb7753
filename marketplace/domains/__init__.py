"""The rooms. They never import each other."""
