"""A contract becomes binding: both confirm the very text, its paper is fixed and can be checked, its stages begin, both may change it together."""
