"""The room's real addresses, walked as a moderator's browser does."""

import json
import re

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moderation import working_copies
from moderation.forms.room import WorkingCopyForm
from moderation.redaction.anonymity_check import ANONYMITY_CHECK
from moderation.views.decorators import TOKEN, words_token
from stories.models import Story
from tests import at_work, factories

# Words that no two people ever agreed on.
EVIL = "Officer Quillfeather of Nettlebridge"
NO_DANGER = {"danger-now": "no"}
CHECKED = {f"check-{name}": "clear" for name in ANONYMITY_CHECK}


def see(browser, name, *args):
    return browser.get(reverse(name, args=args))


def panel_of(user, name, **options):
    """One panel of somebody's start page; nothing where it doesn't stand there."""
    page = text_of(see(factories.client_of(user, **options), "wagtailadmin_home"))
    return page.partition(f'id="{name}-section"')[2].partition("</section>")[0]


def press(browser, name, *args, **data):
    return browser.post(reverse(name, args=args), data)


def save(browser, user, submission, *, version=0, more=(), **fields):
    """Post the working copy's form as its page sends it, with what else it holds in `more`."""
    whole = factories.FIELDS | fields
    data = {name: words for name, words in whole.items() if name in WorkingCopyForm.base_fields}
    data |= {name: whole[name].split() for name in ("themes", "content_notes")}
    data |= {TOKEN: words_token(user), "version": version, **dict(more)}
    return browser.post(reverse("room_save", args=[submission.pk]), data)


def put_forward(browser, submission, **changes):
    """Put the text of its page forward, after a first look that finds no risk, where there was none."""
    if not factories.was_looked_at(submission):
        factories.look_first(submission, by=working_copies.newest_copy(submission).written_by)
    page = text_of(see(browser, "room_read", submission.pk))
    form = at_work.form_on(page, reverse("room_save", args=[submission.pk]))
    data = form.as_posted() | CHECKED | NO_DANGER | changes
    return press(browser, "room_put_forward", submission.pk, **data)


def agree(browser, submission, *, unfolds=True, checked=CHECKED, **changes):
    digest = working_copies.newest_copy(submission).digest
    if unfolds:
        unfold(browser, submission)
    data = token(browser) | {"digest": digest, **checked, **NO_DANGER} | changes
    return press(browser, "room_agree", submission.pk, **data)


def second(browser, submission):
    """The second reader's page with the account unfolded."""
    unfold(browser, submission)
    return see(browser, "room_second", submission.pk)


def unfold(browser, submission):
    """Open the account as its second reader does."""
    return press(browser, "room_unfold", submission.pk)


def confirm(browser, submission):
    """Agree after both answers were seen."""
    return agree(browser, submission, checked={})


def answered(browser, submission, **changes):
    """The second reader's page once they have answered."""
    agree(browser, submission, **changes)
    return see(browser, "room_second", submission.pk)


def token(browser):
    """What the forms of whoever is logged in there carry."""
    return {TOKEN: words_token(User(pk=int(browser.session["_auth_user_id"])))}


def decide(browser, user, submission, decision, **data):
    return press(browser, "room_decide", submission.pk, decision, **({TOKEN: words_token(user)} | data))


def write_to(browser, user, submission, decision, **data):
    """See what the contributor will read, then send just that; answers with the last page."""
    preview = decide(browser, user, submission, decision, step="preview", **data)
    seen = re.search(r'name="seen" value="(\w+)"', text_of(preview))
    return decide(browser, user, submission, decision, step="send", seen=seen[1], **data) if seen else preview


def contributor_reads(visitor, submission):
    """What they read who come back with their code."""
    visitor.come_back(submission.code)
    return visitor.text()


def text_of(response):
    return response.content.decode()


def queries_of(do, *args):
    """What the database is asked meanwhile."""
    with CaptureQueriesContext(connection) as asked:
        do(*args)
    return [query["sql"] for query in asked]


def reader():
    """Somebody who reads the site, without any log-in."""
    return Client(headers={"host": "heard.example"})


def assert_nowhere(words):
    """No story's row, and no page that anybody can read, holds these words."""
    for row in Story.objects.values():
        assert words not in json.dumps(row, default=str)
    assert_on_no_page(words)


def assert_on_no_page(words):
    lists = ("/", "/stories/", "/stories.json", "/stories.csv", "/stories.atom", "/forces/", "/forces/kent/")
    for address in [*lists, *(f"/stories/{slug}/" for slug in Story.objects.values_list("slug", flat=True))]:
        response = reader().get(address, secure=True)
        assert words not in b"".join(response).decode(errors="replace"), address
