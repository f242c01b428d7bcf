"""What journalists may take away: the press kit."""
