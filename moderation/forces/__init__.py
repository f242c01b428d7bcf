"""Police forces: their answers, letters to them, and their objections."""
