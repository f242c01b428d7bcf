"""What was done, by whom and when: one chain, and never a word of anybody's."""
