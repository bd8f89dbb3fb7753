"""Where somebody is signed in, as they see it, and how they end it."""
