"""What somebody saved and wants to hear of when it changes: a new version, another price, an end that is near, one more who uses it."""
