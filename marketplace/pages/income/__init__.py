"""The money of a contract, and a contributor's own lines of all contracts."""
