"""A scout introduces; when both sides accept, their conversation begins; what is signed in the end is credited to the scout."""
