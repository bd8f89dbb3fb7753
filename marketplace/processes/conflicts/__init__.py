"""Conflicts of interest: how two people, or a reviewer and what they are to judge, are linked."""
