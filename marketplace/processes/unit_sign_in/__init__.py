"""A unit's own sign-in takes the place of the password, for accounts that were linked with it. It opens no account and gives no role."""
