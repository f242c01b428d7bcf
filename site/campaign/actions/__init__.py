"""What readers can do for an ask: the letter, and the pictures to share."""
