"""The earlier versions of a setting, which is neither page nor snippet, so that Wagtail has no history of it."""
