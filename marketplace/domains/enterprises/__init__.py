"""Enterprises of the district: a page for everybody, contacts for those who do business."""
