"""Many writers, two processes, both engines: what is scarce is given out exactly, and each guard's absence is seen."""
