"""Missed searches: words for which little or nothing was found, counted without anybody who typed them."""
