"""How the site looks: its palettes, and colours of a campaign's own, measured."""
