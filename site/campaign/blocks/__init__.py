"""The blocks that pages are made of; each has a template of its own name in templates/campaign/blocks/."""
