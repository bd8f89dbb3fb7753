"""Somebody who forgot the password is let in once, by a code that an officer above hands over, to choose another."""
