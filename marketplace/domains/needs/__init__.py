"""What enterprises look for: open, confidential or anonymous, reviewed before the public sees it."""
