"""The neighbourhood of any thing, as a picture and always also as a table."""
