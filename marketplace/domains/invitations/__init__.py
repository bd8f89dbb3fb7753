"""Invitations: who may send, answer and take back one, and who reads it."""
