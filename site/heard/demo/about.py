"""Who runs the demo: a charity that we invented, and that says so wherever it is named."""

import json
from pathlib import Path

from campaign.models import Brand, ContentPage

RUN_BY = "the Quillwick Trust, an invented charity"
# What stands in each gap of the starting page, by its beginning.
_FILLED: dict[str, str] = json.loads((Path(__file__).parent / "data" / "about.json").read_text())


def fill_in_about_page() -> None:
    """Fill the gaps of the page, and say in the brand who runs the demo."""
    page = ContentPage.objects.get(slug="about")
    words = json.dumps(page.body.get_prep_value(), ensure_ascii=False)
    for gap, said in _FILLED.items():
        words = words.replace(gap, said)
    page.body = words
    page.save_revision().publish()
    brand = Brand.objects.first() or Brand()
    brand.run_by = RUN_BY
    brand.save()
