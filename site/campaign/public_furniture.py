"""What stands around every page as the edition carries it, for `campaign.furniture` to read."""

from typing import Any

from campaign import fixed_pages
from campaign.models import Brand, Exit, HelpLine, Menu


def make() -> dict[str, Any]:
    """Everything for the edition, as JSON: addresses and words, and no moment of the day."""
    # Wagtail's own `load` would write a row where there is none, and so begin an edition within this one.
    brand, menu, way_out = (model.objects.first() or model() for model in (Brand, Menu, Exit))
    return {
        "brand": brand.for_furniture(),
        "menu": menu.header_links(),
        "footer": menu.footer_links(),
        "help_lines": [line.for_furniture() for line in HelpLine.objects.filter(HelpLine.seen)],
        "exit_url": way_out.target,
        # Pages to which forms and other pages lead; a site that was begun before them may lack one.
        "pages": fixed_pages.live_addresses("about", "images-online"),
    }
