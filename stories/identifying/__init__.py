"""The former name of `stories.pii`, which `python -m stories.identifying` still runs."""
