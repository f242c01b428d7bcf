"""The demo: invented people, accounts and stories, made through the same deeds as real ones."""
