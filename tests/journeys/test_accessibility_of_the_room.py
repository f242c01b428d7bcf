"""axe-core finds nothing on any of our own screens in the admin; what Wagtail draws around them is Wagtail's.

On an account's page, in each of its states, large letters fit as well, and every focus is seen.
"""

import functools
import tomllib
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from docs import admin_addresses
from moderation.policies.danger import RISKS
from stories.pii import find_identifying
from stories.pii.replacements import group_wordings
from tests import at_work, factories, running_site
from tests.journeys import axe_core, desks, hearing
from tests.journeys.watching import DESK, script
from tests.moderation.team.second_step import code_now

OF_MANY = "Come to our bright new casino. Everybody is welcome with us."
ACCOUNT = "I rang 101. My friend Dana came with me, and Officer Quillfeather rang from 07700 900123."
_TABLES = tomllib.loads(Path(__file__).with_name("room_screens.toml").read_text())
SCREENS, MORE, NO_SCREENS = (_TABLES[name] for name in ("screens", "more", "no_screens"))
EACH = {name: (who, name, takes) for name, (who, takes) in SCREENS.items()} | MORE
# Each has a test of its own.
DOORS = {"room_log_in", "room_code", "room_key", "room_welcome", "room_welcome_step"}
REQUESTS = "SELECT id FROM stories_takedownrequest WHERE ground {} 'force-%' LIMIT 1"
OURS = "main"
PASSWORD = "kelp otter lantern gravel"
NARROW = {"width": 320, "height": 800}
STAYS = {"check-names": "stays", "why-names": "It is on the sign at the station."}


def test_every_screen_of_ours_is_looked_at():
    ours = [each for each in admin_addresses.every() if each.name.startswith(("room_", "vault_"))]
    found, listed = {each.name for each in ours if each.can_read}, SCREENS.keys() | DOORS | NO_SCREENS.keys()

    assert found - listed == set(), "Look at it in SCREENS, or say in NO_SCREENS why not"
    assert listed - found == set(), "It is gone: take it out here"


@pytest.mark.parametrize("what", EACH)
def test_screen(what, window_of, there):
    who, name, takes = EACH[what]
    look_at(window_of(who), address(name, takes, there))


def test_locked_screens_and_words_that_outlive_a_log_in(window_of, window_for, demo_site, there):
    look_at(window_of("charlie"), "/admin/queue/", status=403)
    window = window_for()
    window.page.goto("/admin/")
    desks.fill_in(window.page, demo_site, "bob")
    look_at(window, "/admin/")
    for name, takes in (("vault_unlock", {}), ("room_second", {"pk": "his"}), ("room_take_down", {"pk": "request"})):
        look_at(window, address(name, takes, there), status=200 if name == "vault_unlock" else 403)
    window.page.goto(address("room_decide", {"pk": "resting", "slug": "urgent"}, there))
    window.context.clear_cookies()
    window.page.get_by_role("button", name="Mark it urgent").click()
    expect(window.page.get_by_role("heading", name="Your words are here")).to_be_visible()
    axe_core.assert_finds_nothing(window.page, OURS, axe_core.TWO_WAYS)


def test_doors_from_the_invitation_to_the_code(window_of, window_for):
    charlie, window = window_of("charlie").page, window_for()
    look_at(window, "/admin/login/")
    charlie.goto("/admin/people/invite/")
    charlie.get_by_label("Name").fill("dora")
    charlie.get_by_label("Moderator").first.check()
    charlie.get_by_role("button", name="Make the invitation").click()
    look_at(window, charlie.get_by_label("The link").input_value())
    axe_core.assert_finds_nothing(charlie, OURS, axe_core.TWO_WAYS)

    for sign in come_in(window.page):
        expect(sign).to_be_attached()
        axe_core.assert_finds_nothing(window.page, OURS, axe_core.TWO_WAYS)
    window.page.get_by_role("link", name="Log in").click()
    desks.sign_in(window.page, "dora", PASSWORD)
    expect(window.page.get_by_label("Your code")).to_be_visible()
    axe_core.assert_finds_nothing(window.page, OURS, axe_core.TWO_WAYS)


def come_in(page):
    """A newcomer's way in, one screen after the other, each by what stands on it alone."""
    page.get_by_role("button", name="Begin").click()
    yield page.locator("input[value=dora]")
    for name in ("new_password1", "new_password2"):
        page.locator(f"[name={name}]").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    yield page.locator(".door__letters")
    letters = page.locator(".door__letters").text_content().replace(" ", "")
    page.get_by_label("The code that your phone shows now").fill(code_now(letters))
    page.get_by_role("button", name="Set it up").click()
    yield page.locator(".door__codes li").first
    page.get_by_role("link", name="I have written them down").click()
    yield page.get_by_role("button", name="Show my six words")
    page.get_by_role("button", name="Show my six words").click()
    yield page.locator(".door__words li:nth-child(6)")
    words = " ".join(page.locator(".door__words code").all_inner_texts())
    page.get_by_role("link", name="I have written them down").click()
    page.get_by_label("Your six words, from your paper").fill(words)
    page.get_by_role("button", name="Finish").click()
    yield page.locator(".door__fingerprint")


def look_at(window, where, *, ways=axe_core.TWO_WAYS, status=200):
    window.page.set_viewport_size(DESK["viewport"])
    answer = window.page.goto(where)
    assert answer.status == status, f"{where} answers {answer.status}"
    expect(window.page.locator("main")).to_be_visible()
    window.page.locator("main details").evaluate_all("each => each.forEach(one => { one.open = true })")
    axe_core.assert_finds_nothing(window.page, OURS, ways)
    # Wagtail's forms and lists have names of their own in them: each panel's twice, each row's box by “Select”.
    if not window.page.locator("form[data-edit-form], .w-panel--nested, table.listing").count():
        assert hearing.troubles(window.page, hearing.main_part) == []


@pytest.fixture(scope="module")
def people(demo_site, team):
    return team | {"erin": at_work.Colleague(demo_site, "erin")}


@pytest.fixture(scope="module")
def there(demo_site, people):
    return fill(demo_site, people)


@pytest.fixture(scope="module")
def window_for(open_axe, demo_site):
    """`window_for(*cookies)` opens a window with axe on every page."""
    return functools.partial(open_axe, demo_site.url, reduced_motion="reduce", **DESK)


@pytest.fixture(scope="module")
def window_of(window_for, people):
    """`window_of("alice")` is the one window at which she looks at everything."""
    return functools.cache(lambda name: window_for(*people[name].cookies()))


def address(name, takes, there):
    """The address of a screen, with what `fill` returned in it."""
    return reverse(name, kwargs={key: there.get(value, value) for key, value in takes.items()})


def fill(site, team):
    """Make something of every kind; returns the ids, by the names that SCREENS has for them."""
    alice, bob = team["alice"], team["bob"]
    told = {name: at_work.tell(site, ACCOUNT, giveaways="My red van.")[1] for name in ("mine", "his", "resting")}
    told |= {name: at_work.tell(site, OF_MANY)[1] for name in ("of many", "another of many")}
    bob.put_forward(told["his"], text="I rang 101. A friend came with me, and Officer Quillfeather listened.")
    bob.claim(told["resting"])
    desks.let_a_claim_rest(site, told["resting"])
    alice.claim(told["mine"])
    risks = factories.NO_RISK | {"under-18": "not-sure", "online": "yes"}
    alice.fill_in(f"/admin/queue/{told['mine']}/first-look/", **risks)
    alice.get(f"/admin/queue/{told['mine']}/")
    alice.write(told["mine"], text=ACCOUNT)
    (story, slug), (down, _) = at_work.rows(site, "SELECT id, slug FROM stories_story WHERE status = 'live' LIMIT 2")
    alice.get(f"/admin/stories/{at_work.as_address(down)}/")
    alice.submit(f"/admin/stories/{at_work.as_address(down)}/take-down/")
    visitor = running_site.Visitor(site.url)
    visitor.get(f"/take-down/?story={slug}")
    visitor.post("/take-down/", ground="other", words=ACCOUNT)
    ids = {"story": story, "down": down, "request": _one(site, REQUESTS.format("NOT LIKE"))}
    ids |= _what_forces_said(site, team["charlie"]) | _what_a_force_objects_to(site, team["charlie"])
    return told | {name: at_work.as_address(pk) for name, pk in ids.items()} | _numbers(site)


def _what_forces_said(site, coordinator):
    said = {"force": "kent", "kind": "planned", "words": ACCOUNT, "owner": "Head of Training", "due_on": "2099-01-01"}
    why = "\n".join(f"{each.words}: Invented." for each in group_wordings([(ACCOUNT, find_identifying(ACCOUNT))]))
    said |= {"source": "A letter to us", "checked": "switchboard", "why_it_stays": why, "action-submit": "1"}
    coordinator.fill_in("/admin/answers/entered/add/", **said)
    answers = "SELECT id FROM stories_response WHERE {} live"
    ids = {"answer": _one(site, answers.format("NOT")), "standing": _one(site, answers.format(""))}
    return ids | {"letter": _one(site, "SELECT id FROM stories_letter ORDER BY is_answered LIMIT 1")}


def _what_a_force_objects_to(site, coordinator):
    form, of_a_force = "/admin/objections/write-down/", "WHERE status = 'live' AND force_id IS NOT NULL LIMIT 1"
    [(slug, force)] = at_work.rows(site, f"SELECT slug, force_id FROM stories_story {of_a_force}")
    coordinator.fill_in(form, story=f"/stories/{slug}/", force=force, ground="force-who")
    assert "Write what the force wrote." in coordinator.page
    # Nothing that was chosen is lost to a box that was left empty.
    coordinator.submit(form, words="The third paragraph.")
    return {"objection": _one(site, REQUESTS.format("LIKE"))}


def _numbers(site):
    bob = _one(site, "SELECT id FROM auth_user WHERE username = 'bob'")
    key = _one(site, f"SELECT id FROM moderation_moderatorkey WHERE is_current AND moderator_id = {bob}")  # noqa: S608
    words = "SELECT id FROM moderation_readywords WHERE purpose = '{}'"
    contact, ready = (_one(site, words.format(each)) for each in ("safety", "question"))
    return {"person": bob, "key": key, "ready": ready, "contact": contact}


def _one(site, query):
    return at_work.rows(site, query)[0][0]


def test_first_look_asked_answered_and_come_back_and_a_question(page, mine):
    page.goto(f"/admin/queue/{mine}/")
    assert_is_for_everybody(page)
    first = page.locator("#first-look")
    first.locator("fieldset").first.get_by_label("Yes").check()
    assert_is_for_everybody(page, once=first.locator(".room-ring").first)
    page.get_by_role("button", name="Keep these answers").click()
    expect(first.locator(".room-risk__error")).to_have_count(len(RISKS) - 1)
    assert_is_for_everybody(page)
    for question in first.locator("fieldset").all():
        question.get_by_label("Not sure").check()
    page.get_by_role("button", name="Keep these answers").click()
    assert_is_for_everybody(page, once=page.get_by_role("heading", name="What the first look found"))
    page.goto(f"/admin/queue/{mine}/decide/ask/")
    page.get_by_label("Your question").fill("May we say a town in Kent?")
    page.get_by_role("button", name="See it as they will").click()
    assert_is_for_everybody(page, once=page.locator("iframe"))


def test_text_from_its_first_mark_to_its_yes(page, mine, team):
    team["alice"].look_first(mine)
    page.goto(f"/admin/queue/{mine}/")
    assert_is_for_everybody(page)
    desks.ask_for_the_words(page)
    page.get_by_role("button", name="Next", exact=True).click()
    assert_is_for_everybody(page)
    desks.leave_out(page, "07700 900123", "[a phone number]")
    page.get_by_role("button", name="1 done").click()
    expect(page.get_by_role("button", name="Put it back")).to_be_visible()
    desks.select(desks.text(page), "Dana")
    page.get_by_label("What is it?").select_option(label="friend's name")
    assert_is_for_everybody(page)

    page.set_viewport_size(NARROW)
    page.get_by_role("button", name="The text", exact=True).click()
    assert_is_for_everybody(page, once=desks.text(page))
    page.set_viewport_size(DESK["viewport"])
    page.get_by_role("button", name="Put it forward").click()
    assert_is_for_everybody(page, once=page.get_by_role("link", name="Go to that line"))


def test_text_that_somebody_wrote_in_another_window_and_one_behind_a_locked_vault(window_for, demo_site):
    bob = at_work.Colleague(demo_site, "bob").unlock()
    mine = claimed(demo_site, bob)
    bob.look_first(mine)
    page = window_for(*bob.cookies()).page
    page.goto(f"/admin/queue/{mine}/")
    bob.get(f"/admin/queue/{mine}/")
    bob.write(mine, text="I rang, and nobody rang back.")
    desks.text(page).fill("I rang.")
    page.get_by_role("button", name="Save a new version").click()
    assert_is_for_everybody(page, once=page.get_by_role("heading", name="From theirs to yours, word by word"))
    desks.save(page)

    other = page.context.new_page()
    other.goto("/admin/vault/unlock/")
    other.get_by_role("button", name="Lock it").click()
    expect(other.get_by_text("The vault is locked")).to_be_visible()
    other.close()
    desks.text(page).fill("I rang, and waited.")
    page.get_by_role("button", name="Put it forward").click()
    expect(page.get_by_text("The vault has locked meanwhile.").first).to_be_visible()
    expect(desks.text(page)).to_have_value("I rang, and waited.")
    assert_is_for_everybody(page)


def test_second_reading_folded_unfolded_answered_and_joined(page, demo_site, team):
    where = f"/admin/queue/{put_forward(demo_site, team['bob'])}/second/"
    page.goto(where)
    assert_is_for_everybody(page)
    desks.unfold(page)
    assert_is_for_everybody(page)
    yes = page.get_by_role("region", name="Agree")
    yes.get_by_role("button", name="Answer, and agree").click()
    assert_is_for_everybody(page, once=page.get_by_role("link", name="Go to that line").first)
    desks.answer_the_check(yes)
    yes.get_by_label("It stays").first.check()
    yes.get_by_label("Why it stays").first.fill("It is on the sign at the station.")
    yes.get_by_role("button", name="Answer, and agree").click()
    assert_is_for_everybody(page, once=page.get_by_role("heading", name="Both anonymity checks"))

    page.goto(f"/admin/queue/{put_forward(demo_site, team['bob'], **STAYS)}/second/")
    desks.unfold(page)
    desks.answer_the_check(yes)
    yes.get_by_role("button", name="Answer, and agree").click()
    assert_is_for_everybody(page, once=page.get_by_role("button", name="Join their answers"))
    page.get_by_role("textbox", name="Why").fill("It is on the sign, so I see it, too.")
    page.get_by_role("button", name="Join their answers").click()
    agree = yes.get_by_role("button", name="Agree to this text")
    assert_is_for_everybody(page, once=agree)
    yes.locator("#danger-question").get_by_label("No", exact=True).check()
    agree.click()
    expect(page).to_have_url(desks.NEXT)
    assert_is_for_everybody(page)


def assert_is_for_everybody(page, once=None):
    """axe finds nothing in any width or colour, each focus is seen without colours, and nothing is wider than it.

    `once` this is to be seen.
    """
    if once:
        expect(once).to_be_visible()
    found = axe_core.found_everywhere(page, OURS)
    for size, letters in ((NARROW, "100%"), (DESK["viewport"], "200%")):
        page.set_viewport_size(size)
        page.emulate_media(forced_colors="active")
        # Whoever pressed something with a mouse is shown no focus until they press a key.
        page.keyboard.press("Tab")
        found += [f"focus cannot be seen on {each}" for each in page.evaluate(script("unseen_focus"), OURS)]
        page.emulate_media(forced_colors="none")
        page.evaluate("letters => { document.documentElement.style.fontSize = letters }", letters)
        found += [f"too wide with text at {letters}: {each}" for each in page.evaluate(script("wider_than_main"))]
    page.evaluate("document.documentElement.style.fontSize = ''")
    assert not found, "\n".join([page.title(), *found])


def put_forward(site, colleague, **answers):
    """An account whose text a colleague has put forward, with these answers to the check beside “none there”."""
    pk = claimed(site, colleague)
    colleague.look_first(pk)
    colleague.write(pk, text="I rang 101. A friend came with me, and Officer Quillfeather listened.")
    colleague.offer(pk, **answers)
    return pk


def claimed(site, colleague):
    """An account that somebody has just taken in hand."""
    _, pk = at_work.tell(site, ACCOUNT, giveaways="My red van.")
    colleague.claim(pk)
    return pk


@pytest.fixture
def mine(demo_site, team):
    return claimed(demo_site, team["alice"])


@pytest.fixture
def page(window_for, team):
    return window_for(*team["alice"].cookies()).page
