"""The forms of editors, and what keeps a page or an ask from going public."""
