"""All that a contributor does."""
