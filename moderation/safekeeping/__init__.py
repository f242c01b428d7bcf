"""The team's vault and everybody's key to it."""
