"""What trusted people do, inside Wagtail's admin."""
