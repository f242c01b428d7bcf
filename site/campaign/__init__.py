"""The editors' part: pages, help lines, the menu, the brand, where the exit goes."""
