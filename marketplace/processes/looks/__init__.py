"""Who looked at whose personal values, and what for: asked before it is shown, kept, and told to the person."""
