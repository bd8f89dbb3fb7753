"""Where forms send what is being typed."""
