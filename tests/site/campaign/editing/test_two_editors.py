"""Two editors at one page: what each hears of the other, and what no mail says."""

from django.core import mail
from django.urls import reverse
from wagtail.models import Comment, Page, get_page_models

from campaign.models.pages import EditorsPage
from tests.site.campaign.asking import edit_address, page_at
from tests.site.campaign.posting import unchanged

REMARK = "Doesn’t this paragraph say too much of her sister?"
_FORMS = {"TOTAL_FORMS": 1, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": ""}


def comment_on(editor, page, words=REMARK):
    said = {"0-text": words, "0-contentpath": "intro", "0-position": "", "0-id": "", "0-DELETE": "", "0-resolved": ""}
    said |= {f"0-replies-{name}": count for name, count in (_FORMS | {"TOTAL_FORMS": 0}).items()}
    comments = {f"comments-{name}": value for name, value in (_FORMS | said).items()}
    return editor.post(edit_address(page), unchanged(page) | comments)


def test_every_kind_of_page_can_be_commented_on_which_a_mail_tells_without_a_word(editor, other):
    kinds = [model for model in get_page_models() if issubclass(model, EditorsPage)]
    assert len(kinds) > 8
    for model in kinds:
        assert "comments" in model.get_edit_handler().get_form_class().formsets, model
    page = page_at("privacy")
    assert "Toggle comments" in other.get(edit_address(page)).content.decode()

    comment_on(editor, page)

    assert Comment.objects.get().text == REMARK
    assert_says_nothing(REMARK, page.title, "edith")


def test_mail_of_a_page_put_forward_names_neither_the_page_nor_who_wrote_it(editor, other):
    page = page_at("privacy")

    editor.post(edit_address(page), unchanged(page, title="Kim Poole’s file") | {"action-submit": "1"})

    assert page_at("privacy").get_latest_revision_as_object().title == "Kim Poole’s file"
    assert_says_nothing("Kim", "Poole", "edith")


def assert_says_nothing(*words):
    """One mail went to the other, with the way to the site and none of these words."""
    [sent] = mail.outbox
    assert (sent.to, sent.subject) == (["otis@heard.example"], "Something waits")
    assert getattr(sent, "alternatives", []) == []
    assert reverse("wagtailadmin_home") in sent.body
    assert [each for each in words if each in f"{sent.subject} {sent.body}"] == []


def test_each_start_page_shows_what_the_other_locked_and_the_open_comments(editor, other, coordinator):
    page, locked = page_at("privacy"), page_at("news")
    comment_on(editor, page)
    editor.post(reverse("wagtailadmin_pages:lock", args=[locked.pk]))

    shown = _panel(other)
    assert f"{page.title}</a>, 1 open comment" in shown
    assert f"{locked.title}</a>, locked by edith" in shown
    assert _panel(coordinator) == ""

    Comment.objects.all().delete()
    Page.objects.update(locked=False)
    assert _panel(other) == ""


def _panel(browser):
    start = browser.get(reverse("wagtailadmin_home")).content.decode()
    return start.partition('id="pages-in-work-section"')[2].partition("</section>")[0]
