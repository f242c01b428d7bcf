"""What editors make: pages, help lines, the menu, the brand, where the exit goes."""
