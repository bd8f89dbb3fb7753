"""Payments, the ledger, and what is objected to."""
