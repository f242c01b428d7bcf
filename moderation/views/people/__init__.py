"""The doors before the room, and the screens of the people in it."""
