"""Sealing, receipt codes, form tokens and passphrases, in PyNaCl."""
