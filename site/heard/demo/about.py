"""Who runs the demo: a charity that we invented, and that says so wherever it is named."""

import json

from campaign.models import Brand, ContentPage

RUN_BY = "the Quillwick Trust, an invented charity"
# What stands in each gap of the starting page, by its beginning.
_FILLED = {
    "[the charity’s full name]": "the Quillwick Trust, which we invented for this demonstration",
    "[England and Wales, Scotland or Northern Ireland]": "no register, because it does not exist",
    "[charity number]": "0000000 (invented)",
    "[One or two sentences on what else the charity does, and since when.]": (
        "Everything that this page says of it is an example of what a charity could write here."
    ),
    "[how many]": "six",
    "[how they are vetted, such as references, an interview and a criminal record check]": (
        "interviewed, and asked for two references and a criminal record check"
    ),
    "[what they are trained in, and by whom]": "safeguarding, trauma and anonymity",
    "[Say here whether anybody did so in the past.]": "None did so in the past.",
    "[the trustees, by name, or where their names are public]": "five trustees, who are invented too,",
    "[Who gave the money in the last year, how much, and what for.]": (
        "An invented foundation gave 20,000 pounds for the server, the training and the care of moderators."
    ),
    "[postal address]": "an address that a real charity gives here",
}


def fill_in() -> None:
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
