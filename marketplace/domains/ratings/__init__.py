"""What the two sides of a fulfilled contract say of each other: each once, hidden until both have spoken or the time is over, then public."""
