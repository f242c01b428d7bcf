"""The queue, the stories and what else is listed."""
