"""Putting words in the place of a string, past the admin's form or through it."""

from django.urls import reverse

from campaign.models import SiteWords
from campaign.site_words import catalogued
from stories import same_meaning
from stories.public import edition


def string(words):
    """The string of the catalogue that says this."""
    return next(each for each in catalogued.every() if words in each.words)


def say(words, *instead, language="en-gb"):
    """Keep these as they are, whatever they are: the row that a slip in a form could leave."""
    row = SiteWords.objects.create(key=string(words).key, language=language, words="\n".join(instead))
    edition.forget()
    return row


def form(words, language="en-gb"):
    """Where its form stands."""
    return reverse("site_words_edit", args=[language, string(words).key])


def post(client, words, *instead, language="en-gb"):
    """Send the form, and say that it means the same."""
    data = {same_meaning.FIELD: "on"} | {f"form-{number}": said for number, said in enumerate(instead)}
    answer = client.post(form(words, language), data, follow=True)
    edition.forget()
    return answer
