"""The people of the team: their log-ins, keys, permissions and deeds."""
