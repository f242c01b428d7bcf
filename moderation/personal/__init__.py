"""What is each person's own: how much they read, what they put aside, how the room looks to them."""
