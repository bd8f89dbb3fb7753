"""What becomes of a question: both sides write to each other, with files, until one of them closes it."""
