"""What waits in the room, list by list, and what a row says before anything is opened."""
