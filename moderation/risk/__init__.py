"""The first look at an account: risk, law and age, before anybody edits."""
