"""Offers under the five contract kinds of the Civil Code, with a price mode, a region and an end."""
