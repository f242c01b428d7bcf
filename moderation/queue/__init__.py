"""The lists of the room, and what a row says before anything is opened."""
