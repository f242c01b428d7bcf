"""Passages of stories on our pages: which may stand there, and how they go when the story does."""
