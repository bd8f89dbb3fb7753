"""Finding a person: by what they can do, where, and what they are open to."""
