"""What the campaign asks: its public pages, its place in the edition, its list in the admin."""
