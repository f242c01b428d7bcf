"""What forces say: their answers, letters to them, and their objections."""
