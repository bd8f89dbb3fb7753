"""Patents: registered facts about an invention, its owner and its inventors, public from the beginning."""
