"""The pages of the contributor's way."""
