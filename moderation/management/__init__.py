"""Commands of the moderators' room."""
