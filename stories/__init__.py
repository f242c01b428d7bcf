"""The accounts that contributors tell and the stories that the public reads."""
