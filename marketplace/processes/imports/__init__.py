"""An older register comes in from a file: checked row by row, taken in thousands, and undone as a batch."""
