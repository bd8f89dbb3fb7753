"""The seller registers a technology contract once: what the register asks for, what is still missing, and the list as a file."""
