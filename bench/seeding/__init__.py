"""Invented stories and accounts in bulk, to try the site out at size; `seed_stories` and `seed_submissions` call it."""
