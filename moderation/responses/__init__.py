"""What forces say: the letters that ask them, and their answers, entered by one and agreed to by another."""
