"""Cases that wait for an officer, and reports of what should not be public."""
