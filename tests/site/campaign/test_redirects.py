from wagtail.contrib.redirects.models import Redirect

from campaign.models import ContentPage
from tests import factories
from tests.site.campaign.asking import page_at
from tests.site.heard import addresses


def ask(reader, path):
    addresses.forget()
    return reader.get(path, secure=True)


def leads(reader, path):
    answer = ask(reader, path)
    return answer.status_code, answer.headers.get("Location")


def lead(old_path, link="", **changes):
    return Redirect.objects.create(old_path=old_path, redirect_link=link, **changes)


def test_old_address_leads_on_in_its_language_to_what_is_public_and_leaves_no_trace(laid, reader):
    lead("/campaign-2025", "/stories/")
    lead("/press", redirect_page=page_at("for-press"), is_permanent=False)
    lead("/old", redirect_page=page_at("how-heard-works"))

    assert leads(reader, "/campaign-2025/") == (301, "/stories/")
    assert leads(reader, "/campaign-2025/?from=paper") == (301, "/stories/")
    assert leads(reader, "/cy/campaign-2025/") == (301, "/cy/stories/")
    assert leads(reader, "/press/") == (302, "/for-press/")
    answer = ask(reader, "/press/")
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert answer.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert leads(reader, "/old/") == (301, "/news/how-heard-works/")
    page_at("how-heard-works").unpublish()
    assert leads(reader, "/old/")[0] == 404


def test_address_of_elsewhere_is_led_to_by_https_alone_and_never_where_code_answers(laid, reader):
    lead("/good", "https://x.example/a")
    bad = ("http://x.example/", "//x.example/", "javascript:steal()", "mailto:us@x.example", "")
    for number, link in enumerate(bad):
        lead(f"/bad-{number}", link)

    assert leads(reader, "/good/") == (301, "https://x.example/a")
    assert {leads(reader, f"/bad-{number}/") for number in range(5)} == {(404, None)}
    paths = ("/tell/nothing", "/stories/0123456789ab", "/admin/nothing", "/return/nothing", "/Tell", "/.well-known/a")
    for path in paths:
        lead(path, "https://x.example/")
        assert leads(reader, f"{path}/")[1] != "https://x.example/", path


def test_where_a_page_was_leads_to_where_it_is_but_an_unseen_draft_leaves_no_word(
    laid, reader, django_capture_on_commit_callbacks
):
    draft = ContentPage(title="Nobody saw it", slug="nobody-saw-it", live=False)
    page, below = ContentPage(title="Who we are", slug="who-we-are"), ContentPage(title="Below", slug="below")
    for each in (draft, page):
        page_at("heard").add_child(instance=each)
    page.add_child(instance=below)
    with django_capture_on_commit_callbacks(execute=True):
        draft.slug = "nobody-saw-that"
        draft.save()
    assert not Redirect.objects.exists()
    page.slug = "our-people"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()

    page_at("our-people").move(page_at("privacy"), pos="last-child")

    for old in ("/who-we-are/", "/our-people/"):
        assert leads(reader, old) == (301, "/privacy/our-people/")
        assert leads(reader, f"{old}below/") == (301, "/privacy/our-people/below/")
    assert ask(reader, "/privacy/our-people/below/").status_code == 200


def test_nobody_types_one_or_brings_a_file_of_them(editor):
    superuser = factories.client_of(factories.person("root", is_superuser=True), unlocked=False)
    for client in (editor, superuser):
        for door in ("", "add/", "1/", "import/", "import/process/"):
            assert client.get(f"/admin/redirects/{door}").status_code == 404, door
        assert "/admin/redirects/" not in client.get("/admin/").content.decode()
