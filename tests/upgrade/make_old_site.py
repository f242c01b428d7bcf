"""Fills an empty database with the code of commit dbff313, and freezes it as a fixture: README.md says how.

It is run in a checkout of that commit, so its imports are those of that commit and never follow a renaming.
Every person, story and answer in it is invented.
"""

import base64
import itertools
import json
import lzma
import os
import subprocess
import sys
import tempfile
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

HERE = Path(__file__).resolve().parent
MADE_BY = "dbff313"
SECRETS = {
    "SECRET_KEY": "the secret key of an invented old site, for the upgrade test alone",
    "RECEIPT_PEPPER": "the pepper of an invented old site, for the upgrade test alone",
}
STORIES = 1_500
# A claim lasts half an hour; these last until the test is run.
LONG_AGO, LONG_AFTER = datetime(2020, 1, 1, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC)
FOLDER = Path(tempfile.mkdtemp(prefix="heard-old-site-"))
os.environ.update(SECRETS, DEMO="", DATA_DIR=str(FOLDER), RUN_DIR=str(FOLDER / "run"))
os.environ.update(BASE_URL="https://heard.example", ALLOWED_HOSTS="testserver", DJANGO_SETTINGS_MODULE="heard.settings")

import django  # noqa: E402

django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django_otp.oath import totp  # noqa: E402
from django_otp.plugins.otp_totp.models import TOTPDevice  # noqa: E402
from wagtail.contrib.redirects.models import Redirect  # noqa: E402
from wagtail.models import Page  # noqa: E402

from campaign.earlier_settings import kept  # noqa: E402
from campaign.models import Ask, Brand, Exit, Menu, NewsIndexPage, NewsPage  # noqa: E402
from campaign.site_words import catalogued, changing  # noqa: E402
from heard.demo import answers as counted_answers  # noqa: E402
from heard.demo import work as figures_of_our_work  # noqa: E402
from moderation import asides, asking, claims, corrections, decisions, objections, publishing, reading, working_copies  # noqa: E402
from moderation.invented import practice, seeding  # noqa: E402
from moderation.models import (  # noqa: E402
    Agreement,
    Claim,
    KeyShare,
    LogEntry,
    ModeratorKey,
    PendingLogEntry,
    ReadyWords,
    ResponseEntry,
    RiskWords,
    RoomPreference,
    WorkingCopy,
)
from moderation.people import inviting, second_factor  # noqa: E402
from moderation.policies import objections as objection_rules  # noqa: E402
from moderation.responses import agreeing, entering  # noqa: E402
from moderation.safekeeping import vault  # noqa: E402
from stories import agreed_text, lifecycle  # noqa: E402
from stories.models import (  # noqa: E402
    AnswerWords,
    Event,
    Force,
    Letter,
    Objection,
    OnItsWay,
    ReleasedAnswers,
    ReleasedFigures,
    Response,
    SealedText,
    Story,
    Submission,
    UsualWait,
)
from stories.telling import (  # noqa: E402
    choices,
    coming_back,
    conversation,
    drafts,
    final_text,
    intake,
    opinions,
    receipts,
    take_down,
    withdrawal,
)
from tests import factories, filling, record_of_room  # noqa: E402

ROLES = {"alice": "Moderators", "bob": "Moderators", "carol": "Coordinators", "erin": "Editors"}
FACTS: dict = {"people": {}, "submissions": {}, "requests": {}, "responses": {}, "objections": {}}
VAULTS: dict = {}
CODES: dict[str, str] = {}


def main() -> None:
    """Fill the database of this environment, note the facts of it, and freeze it."""
    call_command("migrate", verbosity=0)
    call_command("starting_pages", verbosity=0)
    seed_stories()
    make_people()
    tell_what_waits()
    tell_what_was_decided()
    tell_what_was_published()
    object_to_stories()
    ask_for_take_downs()
    enter_answers()
    edit_the_site()
    keep_the_room()
    note_facts()
    freeze()


def seed_stories() -> None:
    """Many short stories, without what is random only to be unguessable: it would make the fixture twice as large."""
    numbers = itertools.count(1)
    seeding._FEWEST_WORDS, seeding._MOST_WORDS = 10, 80
    seeding.secrets = SimpleNamespace(token_bytes=lambda length: next(numbers).to_bytes(length, "big"))
    real_salt, agreed_text.new_salt = agreed_text.new_salt, lambda: f"{next(numbers):064x}"
    seeding.seed(STORIES, chance=7)
    agreed_text.new_salt = real_salt


# --- People ---------------------------------------------------------------------------------


def make_people() -> None:
    """Two moderators with keys and second factors, a coordinator and an editor, who have been there for long."""
    FACTS["paper"] = vault.begin(for_demo=False)
    for name, group in ROLES.items():
        factories.PASSWORD = f"{name} password for the upgrade test"
        person = factories.person(name, group)
        FACTS["people"][name] = {"password": factories.PASSWORD, **_second_factor(person)}
        if group == "Moderators":
            FACTS["people"][name]["words"] = _key(person)
    factories.open_vault = lambda person: VAULTS[person.username]
    inviting.invite(username="dora", role="Moderators", email="dora@heard.example", by=_person("carol"))


def _second_factor(person: User) -> dict:
    session: dict = {}
    secret = second_factor.begun(person, session).bin_key
    codes = second_factor.confirm(person, f"{totp(secret):06}", session)
    assert codes
    assert second_factor.is_right(person, codes[0])
    secret_in_letters = base64.b32encode(secret).decode()
    return {"totp_secret": secret_in_letters, "used_code": codes[0], "recovery_codes": codes[1:]}


def _key(person: User) -> str:
    words = vault.make_key(person)
    key = ModeratorKey.objects.get(moderator=person, is_current=True)
    vault.admit_with_paper(key, FACTS["paper"])
    KeyShare.objects.filter(key=key).update(admitted_at=LONG_AGO)
    VAULTS[person.username] = vault.unlock(person, words)
    return words


def _person(name: str) -> User:
    return User.objects.get(username=name)


# --- Submissions ----------------------------------------------------------------------------


def _account(name: str) -> str:
    return f"I rang 101 and waited. Nobody called me back. This is the account for “{name}”."


def _tell(name: str, status: str = "received", **changes) -> Submission:
    """One account of its own, brought to a state by the real deeds."""
    submission = factories.submission_at(status, account=_account(name), **changes)
    CODES[name] = submission.code
    return submission


def _take(submission: Submission) -> Submission:
    claims.take(submission, by=_person("alice"))
    submission.refresh_from_db()
    return submission


def _send_at_once(name: str, **about) -> None:
    CODES[name] = receipts.new_code()
    intake.receive(factories.sent(account=_account(name)), code=CODES[name], **about)


def tell_what_waits() -> None:
    """What nobody has decided: a draft, new ones, one in hand, one asked, one held."""
    alice, bob = _person("alice"), _person("bob")
    CODES["draft"] = receipts.new_code()
    drafts.keep(factories.sent(account=_account("draft")), code=CODES["draft"])
    _tell("received")
    _send_at_once("urgent", is_urgent=True)
    _send_at_once("flood", is_flood=True)
    _send_at_once("welsh", language="cy")
    _tell("written-to")
    conversation.write(coming_back.find(CODES["written-to"]), "I forgot to say that I rang again in May.")
    asking.send(_take(_tell("told")), "Thank you. We have read all of it.", by=alice)
    in_hand = _take(_tell("in-hand"))
    factories.look_first(in_hand, by=alice)
    for text in ("I rang and waited.", "I rang and waited.\n\nNobody rang."):
        copy = working_copies.save(in_hand, factories.FIELDS | {"text": text}, by=alice)
    fields = factories.FIELDS | {"text": "Kept while somebody typed."}
    working_copies.keep(in_hand, fields, by=alice, after=copy.number, left={}, window="abcdefgh.1")
    claims.take(_tell("in-hand-of-bob"), by=bob)
    decisions.ask(_take(_tell("waiting")), "In which year was it?", by=alice)
    decisions.ask(_take(_tell("answered")), "May we name the force?", by=alice)
    factories.ten_minutes_pass()
    conversation.write(coming_back.find(CODES["answered"]), "Yes, you may.")
    held = _take(_tell("held"))
    in_sixty_days = lifecycle.today() + timedelta(days=60)
    decisions.hold(held, look_again_on=in_sixty_days, by=alice, reason="legal", waits_for="A hearing in the spring.")
    decisions.release(held, by=bob)
    asides.know_them(_tell("put-aside"), by=bob)


def tell_what_was_decided() -> None:
    """What was put forward, agreed, counted, declined, withdrawn."""
    alice = _person("alice")
    _tell("prepared", "prepared", consent_ask_again=True)
    _tell("prepared-yes", "prepared", consent_ask_again=True)
    opened = coming_back.find(CODES["prepared-yes"])
    final_text.say_yes(opened, final_text.digests(opened)[-1])
    _tell("agreed", "agreed")
    counted = _take(_tell("counted", consent_count=True, consent_publish=False, knew_law="some", dignity="no"))
    decisions.count(counted, vault=VAULTS["alice"])
    decisions.decline(
        _take(_tell("declined")), reason="not-about-police", by=alice, note="This is not for us. Take care."
    )
    factories.ten_minutes_pass()
    decisions.decline(_take(_tell("declined-just-now")), reason="not-about-police", by=alice, note="It was not for us.")
    _tell("withdrawn")
    withdrawal.withdraw(coming_back.find(CODES["withdrawn"]), code=CODES["withdrawn"])


def tell_what_was_published() -> None:
    """Live stories with their accounts and without, corrections on their way, and stories that came down."""
    alice = _person("alice")
    yeses = {"consent_quote": True, "consent_training": True}
    for name in ("published", "quiet-erased", "taken-down-erased", "correcting", "rereading"):
        _tell(name, "published", fields={"title": f"Nobody called back: {name}"}, **yeses)
    opened = coming_back.find(CODES["quiet-erased"])
    wanted = choices.of(opened) | {"consent_quote": False}
    choices.keep(opened, wanted, began=choices.version(opened))
    publishing.take_down(_story_of("taken-down-erased"), by=alice)
    for name in ("quiet-erased", "taken-down-erased"):
        retention.erase(Submission.objects.get(pk=coming_back.find(CODES[name]).submission.pk), on=lifecycle.today())
    corrections.begin(_story_of("correcting"), by=alice)
    corrections.begin(_story_of("rereading"), by=alice)
    corrected = {"title": "Nobody called back: corrected", "text": "I rang 101.\n\nNobody called me back for a month."}
    factories.put_forward(Submission.objects.get(pk=_story_of("rereading").submission_id), by=alice, fields=corrected)


def _story(submission: Submission) -> Story:
    return Story.objects.get(submission=submission)


def _story_of(name: str) -> Story:
    return _story(coming_back.find(CODES[name]).submission)


# --- What others say ------------------------------------------------------------------------


def object_to_stories() -> None:
    """Objections of a force in each stage: open, looked at once, settled both ways."""
    alice, bob, carol = (_person(name) for name in ("alice", "bob", "carol"))
    seeded = Story.live.filter(force="kent").order_by("sequence")
    stories = dict(zip(("open", "looked-at", "stays", "withheld"), seeded, strict=False))
    looks = {"looked-at": ("stays", "nobody"), "stays": ("stays", "their-word"), "withheld": ("withheld", "law")}
    for name, story in stories.items():
        words = f"We object to this story: {name}."
        said = objections.Objected(story, Force.objects.get(pk="kent"), "identifies", words)
        row = objections.write_down(said, by=carol)
        if name in looks:
            objections.look_first(row, *looks[name], by=alice)
        if name in ("stays", "withheld"):
            row.refresh_from_db()
            objections.agree(row, shown=objection_rules.choice(row), by=bob)
        row.refresh_from_db()
        told = {"story": story.slug, "force": "kent", "text": words, "ground": row.ground, "reason": row.reason}
        FACTS["objections"][str(row.pk)] = told | {"first_outcome": row.first_outcome, "outcome": row.outcome}


def ask_for_take_downs() -> None:
    """Requests without a receipt code: one that hid its story, one answered, one that waits."""
    stories = list(Story.live.filter(force="essex").order_by("sequence")[:3])
    for story, ground in zip(stories, ("about-me", "legal", "other"), strict=True):
        words, code = f"Please take this down: {ground}.", receipts.new_code()
        asked = take_down.Asked(story, ground, words)
        request = take_down.ask(asked, request_id=uuid.uuid4(), code=code)
        answer = "We looked, and it breaks no law." if ground == "legal" else ""
        if answer:
            publishing.settle(request, by=_person("alice"), answer=answer)
        told = {"code": code, "ground": ground, "words": words, "answer": answer, "story": story.slug}
        FACTS["requests"][str(request.pk)] = told | {"hid_the_story": request.hid_the_story}


def enter_answers() -> None:
    """Forces' answers: two public, one of them being corrected, one that waits, one sent back; and two letters."""
    story = _story_of("published")
    filling._ask()
    letter = factories.a_letter(stories=[story])
    public = factories.a_response(words="We got this wrong, and we are sorry.", stories=[story], letter=letter)
    factories.a_letter("essex", ask=Ask.objects.get().slug)
    corrected = factories.a_response("essex", "review", "We have opened a review.", ask=Ask.objects.get().slug)
    entering.enter_again(
        ResponseEntry.objects.get(pk=corrected.pk),
        _entered("essex", "review", "We have ended our review."),
        **_second(),
    )
    asked = [factories.a_letter(force, ask=Ask.objects.get().slug) for force in ("surrey", "norfolk")]
    summer = "We will train every call taker by the summer."
    factories.an_entry("surrey", "planned", summer, by=_person("carol"), letter=asked[0], ask=asked[0].ask)
    back = factories.an_entry("sussex", "disagrees", "We do not see it so.", by=_person("alice"))
    agreeing.send_back(back, "promise", shown=back.versions.get().digest, by=_person("bob"))
    opinions.say(coming_back.find(CODES["published"]), CODES["published"], public.slug, "helps")


def _entered(*said: str) -> entering.Entered:
    return entering.Entered(factories._response_fields(*said, ask=Ask.objects.get().slug), "switchboard")


def _second() -> dict:
    return {"after": 1, "by": _person("carol")}


# --- What editors keep ----------------------------------------------------------------------


def edit_the_site() -> None:
    """Versions of the settings, words of the site, addresses that lead on, a page that quotes a story."""
    erin = _person("erin")
    for changes in ({"name": "Told"}, {"strapline": "Stories of reports"}, {"name": "Heard again"}):
        _set(Brand, **changes)
    kept.put_back(Brand.load(), kept.every(Brand.load())[1], by=erin)
    _set(Exit, target=Exit.Target.NEWS)
    _set(Menu, header=json.dumps([{"type": "part", "value": {"part": "/tell/", "title": "", "title_cy": ""}}]))
    string = next(each for each in catalogued.every() if "On a map" in each.words)
    row = changing.with_forms(changing.row_of(string, "en-gb"), ["As a map of squares"])
    changing.keep(row, by=erin)
    AnswerWords.objects.create(answer="dignity.mostly", words="For the most part")
    quoted = {"story": _story_of("published").slug, "passage": "I rang 101 and waited."}
    page = NewsPage(title="What a story says", slug="what-a-story-says", date=lifecycle.today(), author_role="Editor")
    page.intro, page.why_it_stays = "A page that quotes.", "An invented page."
    page.body = json.dumps([filling._text("In a story:"), {"type": "story_quote", "value": quoted}])
    NewsIndexPage.objects.get().add_child(instance=page)
    page.save_revision(user=erin).publish()
    _move(page, "what-one-story-says")
    learning = Page.objects.get(slug="learning")
    Redirect.objects.create(old_path="/campaign-2025", redirect_link="/stories/", is_permanent=True)
    Redirect.objects.create(old_path="/teach", redirect_page=learning, is_permanent=False)
    Redirect.objects.create(old_path="/the-act", redirect_link="https://www.legislation.gov.uk/ukpga/2023/50")


def _set(model: type, **changes) -> None:
    """What the form of a setting does once it found nothing wrong."""
    setting = model.load()
    for name, value in changes.items():
        setattr(setting, name, value)
    kept.save(SimpleNamespace(instance=setting, save=lambda: setting.save() or setting), by=_person("erin"))


def _move(page: NewsPage, slug: str) -> None:
    """Another address, which the old one leads on to."""
    page.slug = slug
    page.save_revision(user=_person("erin")).publish()


# --- What the room keeps --------------------------------------------------------------------


def keep_the_room() -> None:
    """Figures that were released, a practice account, preferences, ready words, and a record of two days."""
    alice = _person("alice")
    counted_answers.release()
    figures_of_our_work.release()
    practice.begin(alice)
    RoomPreference.objects.create(person=alice, daily_budget=6, text_size="large")
    ReadyWords.objects.create(purpose="question", title="Which year", text="In which year was it?")
    ReadyWords.objects.create(purpose="safety", title="Safeguarding lead", text="01632 960217, an invented number.")
    RiskWords.objects.create(question="life", what_to_do="Ring the safeguarding lead first.")
    UsualWait.objects.update_or_create(pk=1, defaults={"pace": "slow"})
    record_of_room.next_day()
    # And something that waits for the end of its day.
    claims.take(Submission.objects.get(pk=coming_back.find(CODES["written-to"]).submission.pk), by=alice)
    Claim.objects.update(expires_at=LONG_AFTER)
    # Nothing of what the test asks for may wait for a clock that is behind ours.
    for waits in (SealedText, OnItsWay):
        waits.objects.exclude(sends_at=None).update(sends_at=LONG_AGO)
    TOTPDevice.objects.update(last_t=-1)


# --- Facts ----------------------------------------------------------------------------------


def note_facts() -> None:
    """What has to be there after the upgrade, as the old code opens it."""
    for name, code in CODES.items():
        FACTS["submissions"][name] = _as_opened(code)
    for entry in ResponseEntry.objects.all():
        FACTS["responses"][str(entry.pk)] = _response(entry)
    FACTS["letters"] = sorted([each.force_id, each.is_answered] for each in Letter.objects.all())
    FACTS["opinions"] = [each.choice for each in opinions.of(coming_back.find(CODES["published"]), CODES["published"])]
    FACTS["claims"] = {claim.submission_id.hex: claim.holder.username for claim in Claim.objects.all()}
    FACTS["settings"] = {model.__name__: _versions(model) for model in (Brand, Exit, Menu)}
    FACTS["leads_on"] = {each.old_path: _where(each) for each in Redirect.objects.all()}
    newest = LogEntry.objects.latest("number")
    FACTS["record"] = {
        "number": newest.number,
        "chained": newest.chained,
        "rows": [[each.deed, each.item, each.by and each.by.username] for each in LogEntry.objects.all()],
        "waiting": [[each.deed, each.item, each.by and each.by.username] for each in PendingLogEntry.objects.all()],
    }
    # Last, because opening leaves events.
    FACTS["counts"] = {
        "events": Event.objects.count(),
        "agreements": Agreement.objects.count(),
        "live": Story.live.count(),
        "stories": Story.objects.count(),
        "submissions": {
            status: Submission.objects.filter(status=status).count() for status in Submission.Status.values
        },
        "working copies": WorkingCopy.objects.count(),
        "practice accounts": Submission.objects.exclude(practice_for=None).count(),
        "objections": Objection.objects.count(),
        "pages": Page.objects.count(),
        "released": [*_keys(ReleasedAnswers), *_keys(ReleasedFigures)],
    }


def _keys(model: type) -> list[str]:
    return [str(key) for key in model.objects.order_by("pk").values_list("pk", flat=True)]


def _as_opened(code: str) -> dict:
    opened = coming_back.find(code)
    submission = opened.submission
    told = {"code": code, "id": submission.pk.hex, "status": submission.status, **coming_back.what_i_sent(opened)}
    told |= {"erase_on": f"{submission.erase_on}", "said_yes": bool(submission.yes_to_digest)}
    told["story"] = Story.objects.filter(submission=submission).values_list("slug", flat=True).first()
    if submission.queue_epoch_id is not None:
        alice = VAULTS["alice"]
        read = reading.read(submission, vault=alice)
        copies = [reading.working_copy(copy.sealed, vault=alice) for copy in submission.working_copies.all()]
        told["messages"] = [[each["from"], each["text"]] for each in read.messages]
        told["notes"] = [each.get("text", "") for each in read.notes]
        told["working_copies"] = [copy["fields"]["text"] for copy in copies]
    return told


def _response(entry: ResponseEntry) -> dict:
    told = {"force": entry.force_id, "state": entry.state, "waits": "", "public": ""}
    version = entry.versions.order_by("-number").first()
    if bytes(version.box):
        told["waits"] = reading.response(version, vault=VAULTS["alice"])["fields"]["words"]
        told["entered_by"] = version.written_by.username
    told["public"] = "".join(Response.objects.filter(pk=entry.pk).values_list("words", flat=True))
    return told


def _versions(model: type) -> list[dict]:
    """The oldest first, each without what it says of itself."""
    inner = ("pk", "id", "latest_revision")
    contents = [version.content for version in reversed(kept.every(model.load()))]
    return [{name: value for name, value in content.items() if name not in inner} for content in contents]


def _where(redirect: Redirect) -> list:
    page = redirect.redirect_page
    return [page.slug if page else redirect.redirect_link, redirect.is_permanent]


# --- Freezing -------------------------------------------------------------------------------


def freeze() -> None:
    """Put the database and its facts beside this script."""
    name, whole = ("old_site.sql", _dump()) if connection.vendor == "postgresql" else ("old_site.sqlite3", _file())
    (HERE / f"{name}.xz").write_bytes(lzma.compress(whole, preset=9 | lzma.PRESET_EXTREME))
    path = HERE / "facts.json"
    all_facts = json.loads(path.read_text()) if path.exists() else {}
    all_facts |= {"made_by": MADE_BY, "made_on": f"{lifecycle.today()}", "environment": SECRETS}
    path.write_text(json.dumps(all_facts | {connection.vendor: FACTS}, indent=1, ensure_ascii=False) + "\n")


def _file() -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO stories_search (stories_search) VALUES ('optimize')")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA journal_mode=DELETE")
    connection.close()
    return (FOLDER / "heard.sqlite3").read_bytes()


def _dump() -> bytes:
    """Plain statements, which psycopg can run too: no COPY, and none of psql's own commands."""
    command = ["pg_dump", "--no-owner", "--no-privileges", "--inserts", "--rows-per-insert=100"]
    dumped = subprocess.run([*command, os.environ["DATABASE_URL"]], check=True, capture_output=True).stdout
    return b"\n".join(line for line in dumped.split(b"\n") if not line.startswith((b"\\restrict", b"\\unrestrict")))


if __name__ == "__main__":
    sys.exit(main())
