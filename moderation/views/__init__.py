"""The moderators' screens, inside Wagtail's admin."""
