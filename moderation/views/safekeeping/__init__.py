"""Unlocking the vault, and the screens of its keys."""
