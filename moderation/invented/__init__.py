"""Accounts and stories that are nobody's: in bulk to try the site at size, and one to learn the room on."""
