"""Any text in any field comes back or is stored as it was cleaned; any bytes at any address give no error of ours."""

import uuid
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, assume, given, settings, strategies as st

from stories.core import sealed_store
from stories.crypto import receipts
from stories.intake import coming_back, messages, public_form, questions
from stories.intake.receive import cleaned_words as clean
from stories.intake.views import returning
from stories.models import Story, TakeDownRequest
from tests import factories
from tests.site.heard import addresses
from tests.stories.intake.visiting import Visitor, sent

pytestmark = [pytest.mark.django_db]

# The same examples each time: a run that fails can be run again, and CI is never red by luck.
few = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

TEXTS = [question.name for question in questions.TEXTS]
TICKED = [question.name for question in questions.ASKED if question.kind != "text"]
# What breaks pages and feeds, begins a tag, an entity, a formula or a template, or turns a line round.
AWKWARD = ["\n", "\r\n", "\n\nA", "</textarea>", "&amp;&lt;", "=1+1", "{{ x }}{% y %}"]
AWKWARD += ["\u202e\u200b\x00", "\x85\u2028", "🦆\u200d"]
text = st.one_of(st.text(max_size=120), st.lists(st.sampled_from([*AWKWARD, "a", " "]), max_size=6).map("".join))
texts = st.fixed_dictionaries(dict.fromkeys(TEXTS, text))
ticks = st.dictionaries(st.sampled_from(TICKED), st.one_of(text, st.lists(text, max_size=3)), max_size=4)


def cleaned(written):
    return {name: clean(words) for name, words in written.items()}


def boxes(visitor, written):
    """What stands in the boxes of the page; an empty one need not be there."""
    return {name: visitor.box(name) or "" for name in written}


@few
@given(written=texts, ticked=ticks)
def test_check_page_gives_back_what_was_written_and_a_draft_keeps_it_as_cleaned(queue_key, written, ticked):
    visitor = Visitor()

    visitor.get("/tell/form/")
    visitor.post("/tell/form/", step="check", **{**ticked, "adult": "yes"}, **written)
    assert visitor.response.status_code == 200
    assert boxes(visitor, written) == cleaned(written)

    visitor.get("/tell/form/")
    visitor.post("/tell/form/", step="later", **ticked, **written)
    assert sent(visitor.code()).account == cleaned(written)


@few
@given(written=texts, ticked=ticks)
def test_what_was_sent_is_stored_as_cleaned_or_comes_back(queue_key, written, ticked):
    for more, words in ((ticked, written), ({}, written | {"account": f"{written['account']}a"})):
        visitor, code = Visitor(), receipts.new_code()
        visitor.hold_check_page(code)

        visitor.post("/tell/form/", step="send", **{**more, "adult": "yes"}, **words)

        if visitor.code():
            assert (visitor.code(), sent(code).account) == (code, cleaned(words))
        else:
            # An account and an age are enough.
            assert more or not clean(words["account"]).strip()
            assert boxes(visitor, words) == cleaned(words)


@few
@given(words=text)
def test_message_is_stored_as_cleaned_or_asks_for_words(queue_key, words):
    submission, visitor = factories.submission_at("received"), Visitor()
    visitor.come_back(submission.code)

    visitor.post("/return/", step="message", message=words)

    stored = [message["text"] for message in messages.opened_messages(coming_back.open_code(submission.code))]
    assert stored == ([clean(words)] if clean(words).strip() else [])
    assert visitor.response.status_code == 200


@few
@given(fits_nothing=text, ground=text, words=text)
def test_words_with_a_take_down_request_come_back_or_are_stored(alice, bob, fits_nothing, ground, words):
    story, visitor = Story.objects.first() or factories.live_story(), Visitor()

    visitor.get("/take-down/")
    visitor.post("/take-down/", story=fits_nothing, ground=ground, words=words)
    assert visitor.response.status_code == 200
    assert (visitor.box("words") or "") == clean(words)

    visitor.get(f"/take-down/?story={story.slug}")
    visitor.post("/take-down/", ground="other", words=words)
    request = TakeDownRequest.objects.order_by("pk").exclude(pk__in=_SEEN).get()
    _SEEN.add(request.pk)
    private = factories.queue_pair().private
    kept = sealed_store.request_opened(request, private=private)["text"] if request.box else ""
    assert kept == clean(words).strip()


_SEEN = set()


CHOICE = f"swap-{'0123abcd' * 4}"
FIELDS = [*TEXTS, *TICKED, *public_form.WORDS, *public_form._OTHERS, "change-1", CHOICE, "who", "region"]
FORMS = st.lists(st.tuples(st.sampled_from(FIELDS), text), max_size=8).map(lambda pairs: urlencode(pairs).encode())
TYPES = st.one_of(
    st.sampled_from(["application/x-www-form-urlencoded", "application/json", "text/plain", "multipart/form-data", ""]),
    st.sampled_from(["multipart/form-data; boundary=x", "text/html; charset=utf-16", "text/plain; charset=klingon"]),
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40),
)
PARTS = b'--x\r\nContent-Disposition: form-data; name="account"; filename="%s"\r\n\r\n%s\r\n--x--'
BODIES = st.one_of(
    st.binary(max_size=200),
    FORMS,
    st.tuples(st.binary(max_size=20), st.binary(max_size=40)).map(lambda both: PARTS % both),
    st.recursive(text | st.none() | st.floats(), lambda more: st.dictionaries(text, more, max_size=3)).map(
        lambda tree: repr(tree).encode()
    ),
)
METHODS = st.one_of(
    st.sampled_from(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"]),
    st.text(st.characters(min_codepoint=65, max_codepoint=90), min_size=1, max_size=8),
)
QUERIES = st.one_of(
    st.binary(max_size=40).map(quote),
    st.lists(st.tuples(st.sampled_from(["q", "force", "outcome", "year", "after", "story", "page", "x"]), text)).map(
        urlencode
    ),
    st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=30),
)


@settings(few, max_examples=10)
@given(method=METHODS, body=BODIES, kind=TYPES, query=QUERIES)
def test_any_bytes_at_any_address_give_no_error_of_ours(alice, bob, method, body, kind, query):
    visitor = addresses.client()

    for path in _paths():
        answer = visitor.generic(method, path, body, content_type=kind, QUERY_STRING=query)
        b"".join(answer)
        assert answer.status_code < 500, (method, path, body, kind, query)


@settings(few, max_examples=30)
@given(body=BODIES, kind=TYPES, name=st.binary(max_size=30))
def test_any_bytes_in_an_address_give_no_error_of_ours(queue_key, body, kind, name):
    visitor = addresses.client()

    for folder in ("", "stories/", "forces/", "media/images/", "cy/", "tell/"):
        for method in ("GET", "POST"):
            answer = visitor.generic(method, f"/{folder}{quote(name, safe='')}", body, content_type=kind)
            assert answer.status_code < 500, (method, folder, name, body, kind)


KINDS = st.one_of(
    st.sampled_from(
        ["application/x-www-form-urlencoded", "application/json", "text/plain", "multipart/form-data; boundary=x"]
    ),
    st.sampled_from(["", "text/plain; charset=utf-16", "text/plain; charset=latin-1", "TEXT/PLAIN", "application/xml"]),
)
SAID = "Nobody rang back."
WITH_WORDS = [
    f"account={quote(SAID)}".encode(),
    f"step=check&account={SAID}".encode(),
    f"\naccount={SAID}\n".encode(),
    f'--x\r\nContent-Disposition: form-data; name="account"\r\n\r\n{SAID}\r\n--x--'.encode(),
    f'{{"account": "{SAID}"}}'.encode(),
]
WITHOUT = st.one_of(
    st.sampled_from(
        [b"", b"\n", b"nothing of ours", b"a\nb", b"x=1\ny=2", b"=", b"&&", b"{}", b"{", b"[1]", b"--", b"--x\n"]
    ),
    st.binary(max_size=60),
)


@settings(few, max_examples=150)
@given(body=WITHOUT, kind=KINDS)
def test_any_body_of_any_type_gets_a_page_from_each_form(queue_key, body, kind):
    for path in FORM_PATHS:
        answer = addresses.client().generic("POST", path, body, content_type=kind)
        assert answer.status_code < 500, (path, body, kind)


@pytest.mark.parametrize("body", WITH_WORDS)
@settings(few, max_examples=30)
@given(kind=KINDS)
def test_words_come_back_from_each_form_whatever_their_type_says(queue_key, body, kind):
    # Only lines say by their type alone that they are lines.
    assume(not body.startswith(b"\n") or kind.lower().startswith("text/plain"))
    assume("utf-16" not in kind)

    for path in ("/tell/form/", "/tell/no-such-page/"):
        answer = addresses.client().generic("POST", path, body, content_type=kind)
        assert SAID in answer.content.decode(), (path, body, kind)


FORM_PATHS = ("/tell/form/", "/return/", "/take-down/")
STEPS = sorted({*returning._STEPS, *returning._DRAFT_STEPS, "check", "send", "later"})


@settings(few, max_examples=40)
@given(
    fields=st.lists(st.tuples(st.sampled_from(FIELDS), text), max_size=6), step=st.sampled_from(STEPS), data=st.data()
)
def test_any_fields_behind_a_code_give_no_error_of_ours(alice, fields, step, data):
    submission = factories.submission_at(data.draw(st.sampled_from(["received", "waiting", "declined"])))
    purpose = data.draw(st.sampled_from(["return", "withdraw", "form", "send", "take-down"]))
    token = public_form.issue_token(purpose, code=submission.code, since="0", began_from="", id=str(uuid.uuid4()))
    body = urlencode([("step", step), ("token", token), *[pair for pair in fields if pair[0] not in ("step", "token")]])

    for path in FORM_PATHS:
        visitor = Visitor()
        visitor.send(path, body.encode())
        assert visitor.response.status_code < 500, (path, body)


def _paths():
    if not Story.objects.exists():
        addresses.lay()
    return [path.replace(addresses.SLUG, Story.objects.get().slug) for path in addresses.public_paths()]
