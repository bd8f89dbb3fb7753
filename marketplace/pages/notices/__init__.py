"""What an account was told, the newest first."""
