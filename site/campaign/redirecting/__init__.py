"""The screens on which editors let an address lead on: Wagtail's own, with what may lead where."""
