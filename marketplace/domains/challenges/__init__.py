"""What an enterprise announces for everybody to solve: indicators, prize, who may apply; and what became of it."""
