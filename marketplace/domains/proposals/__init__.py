"""What a team proposes for a challenge: read by nobody else before the choice, by the experts without names."""
