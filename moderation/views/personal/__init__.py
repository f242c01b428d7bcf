"""A page on looking after oneself, and learning the room."""
