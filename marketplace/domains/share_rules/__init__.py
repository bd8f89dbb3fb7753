"""How a unit shares the income of what its people made: dated rules in the words of its own regulation."""
