"""The market in figures: what is counted, how it is counted, and the list behind each number as far as its reader may see it."""
