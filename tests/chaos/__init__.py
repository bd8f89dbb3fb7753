"""Processes are killed again and again; nothing acknowledged is lost and nothing is half there."""
