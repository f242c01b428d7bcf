"""What is done at the vault's screens, and what they say, again and again."""

import html
import re

from django.urls import reverse

from tests import factories


def text_of(response):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def unlock(client, words=factories.WORDS, **form):
    return client.post(reverse("vault_unlock"), {"words": words, **form})


def is_open(client):
    return client.get(reverse("vault_rotate")).status_code == 200


def said(response):
    return html.unescape(" ".join(str(message) for message in response.context["messages"]))
