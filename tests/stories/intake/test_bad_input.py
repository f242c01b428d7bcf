"""Whatever goes wrong with a form, the account is in the answer, and the answer is a page of ours."""

import re
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from django.db import OperationalError
from django.db.backends.utils import CursorWrapper
from django.test import RequestFactory

from stories.intake import public_form
from stories.models import QueueKey, SealedText, Submission
from tests.stories.intake.visiting import ACCOUNT, TOLD, raising, sent

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"
BODY = urlencode({**TOLD, "step": "check"}).encode()


def assert_given_back(visitor, words=ACCOUNT):
    assert words in visitor.text()
    assert 'id="exit"' in visitor.page
    assert visitor.response.headers["Cache-Control"] == "no-store"
    assert not visitor.response.cookies


def test_missing_age_gives_the_form_back_with_everything_in_it(queue_key, visitor):
    visitor.check(adult="", force="kent", recognise=["work"], consent_publish="on", giveaways="My van.")

    assert_given_back(visitor)
    assert visitor.box("giveaways") == "My van."
    assert '<a href="#id_adult">' in visitor.page
    for tag in (r'value="kent" selected', r'value="work"[^>]* checked', r'name="consent_publish"[^>]* checked'):
        assert re.search(tag, visitor.page)
    # So does a missing account.
    for account in ("", "  \n ", "\u200b\x00"):
        visitor.check(account=account, differently="Ring back.", well="A kind clerk.")
        assert '<a href="#id_account">' in visitor.page
        assert (visitor.box("differently"), visitor.box("well")) == ("Ring back.", "A kind clerk.")


@pytest.mark.parametrize(("name", "most"), [("account", 20_000), ("differently", 4_000), ("giveaways", 2_000)])
def test_one_character_too_many_comes_back_whole_and_the_most_fits(name, most, queue_key, visitor):
    visitor.check(**{name: "é" * (most + 1)})
    assert visitor.box(name) == "é" * (most + 1)
    assert "1 character longer" in visitor.text()

    visitor.check(**{name: "é" * most})
    assert "Read it once more" in visitor.page
    assert visitor.box(name) == "é" * most


OTHER_PURPOSES = ("form", "return", "withdraw", "take-down")


@pytest.mark.parametrize(
    "token", ["", "x", "é", "A" * 100_000, "\x00", "====", "-_-_" * 60, *(f"for {each}" for each in OTHER_PURPOSES)]
)
def test_broken_token_gives_the_check_page_again_and_one_more_press_sends(token, queue_key, visitor):
    visitor.check()
    if token.startswith("for "):
        token = public_form.issue_token(token[4:], since="0", code="0000-0000-0000-0000", id="x")
    visitor.post("/tell/form/", step="send", token=token, **TOLD)
    assert_given_back(visitor)
    assert "press Send once more" in visitor.text()
    assert not Submission.objects.exists()

    visitor.post("/tell/form/", step="send", **TOLD)

    assert sent(visitor.code()).account["account"] == ACCOUNT


FENCE = "----x"


def in_parts(**fields):
    each = [f'--{FENCE}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in fields.items()]
    file = f'--{FENCE}\r\nContent-Disposition: form-data; name="photo"; filename="me.jpg"\r\n\r\n\xff\xd8JFIF\r\n'
    return (file + "".join(each) + f"--{FENCE}--\r\n").encode()


def test_file_is_left_out_and_that_is_said(queue_key, visitor):
    visitor.send("/tell/form/", in_parts(step="check", **TOLD), f"multipart/form-data; boundary={FENCE}")

    assert "We left out the file" in visitor.text()
    assert "JFIF" not in visitor.page


def test_text_far_too_long_comes_back_to_where_it_stopped(queue_key, visitor):
    visitor.send("/tell/form/", BODY + b"&well=" + b"\xff" * 9_000_000, FORM)

    assert visitor.response.status_code == 413
    assert_given_back(visitor)
    assert "more than we can take in one go" in visitor.text()
    assert "ÿ\n\n[It stops here. This is as much as we can take in one go.]" in visitor.page
    assert len(visitor.response.content) < 2_000_000


def test_failure_in_saving_gives_every_answer_back_and_a_second_try_sends_it(queue_key, visitor, monkeypatch, caplog):
    told = TOLD | {"force": "kent", "recognise": ["work", "family"], "consent_publish": "on", "giveaways": "My van."}
    visitor.check(**told)
    with monkeypatch.context() as broken:
        broken.setattr(SealedText.objects, "bulk_create", raising(OperationalError(f"({ACCOUNT})")))
        visitor.post("/tell/form/", step="send", **told)

    assert visitor.response.status_code == 503
    assert_given_back(visitor)
    # It is logged, and not a word of what was sent.
    assert "OperationalError" in caplog.text
    assert ACCOUNT not in caplog.text
    fields = visitor.hidden() | {name: visitor.box(name) for name in ("account", "giveaways")}
    fields["recognise"] = re.findall(r'name="recognise" value="(\w+)"', visitor.page)
    fields["step"] = re.search(r'name="step" value="(\w+)">', visitor.page)[1]
    visitor.page = ""
    visitor.post("/tell/form/", **fields)

    kept = sent(visitor.code())
    assert [kept.account[name] for name in ("account", "giveaways")] == [ACCOUNT, "My van."]
    assert (kept.answers["recognise"], kept.answers["consent_publish"]) == (["work", "family"], True)


def test_no_queue_key_any_more_gives_the_words_back(queue_key, visitor):
    visitor.check()
    QueueKey.objects.all().delete()
    visitor.post("/tell/form/", step="send", **TOLD)
    assert visitor.response.status_code == 503
    assert_given_back(visitor)
    assert "not open yet" in visitor.text()


def test_database_out_of_reach_gives_the_words_back_with_nothing_in_memory_yet(visitor, monkeypatch):
    monkeypatch.setattr(CursorWrapper, "execute", raising(OperationalError("unable to open database file")))
    visitor.send("/tell/form/", BODY, FORM)

    assert ACCOUNT in visitor.text()


def test_given_back_works_after_django_gave_up(settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 1
    request = RequestFactory().generic("POST", "/", BODY, content_type=FORM)
    with pytest.raises(Exception, match="number of GET/POST parameters"):
        request.POST  # noqa: B018

    assert public_form.given_back(request) == {"account": ACCOUNT}


def test_given_back_keeps_words_that_came_twice_no_code_and_survives_a_broken_line():
    body = b"account=One&account=Two&account=One&code=0000-0000-0000-0000"
    request = RequestFactory().generic("POST", "/", body, content_type=FORM)
    assert public_form.given_back(request) == {"account": "One\n\nTwo"}

    request = RequestFactory().generic("POST", "/", BODY, content_type=FORM)
    request._stream = SimpleNamespace(read=raising(OSError("connection reset")))
    assert public_form.given_back(request) == {}
