"""What contributors tell and what the public reads."""
