"""Welsh that a computer made says so on every page, until a named person has checked exactly these words."""

import re

import pytest

from campaign.models import HelpLine
from heard import translation_credit
from stories.intake import other_languages
from tests.site.heard.test_catalogue import bare_words
from tests.site.heard.test_language import WAY_OF_TELLING, WITH_A_WAY_OVER, text

pytestmark = pytest.mark.django_db
NOTE = "Cyfrifiadur ysgrifennodd y geiriau hyn"
# What is the same word in Welsh, or a name; those of help lines and police forces are left out by where they stand.
SAME_IN_BOTH = {"Partner", "Firefox", "Chrome", "Edge", "Safari", "Samsung Internet", "eSafety", "Image Abuse Helpline"}
SAME_IN_BOTH |= {"childline.org.uk, Report Remove", *(own for own, _english in other_languages.NAMES.values())}


@pytest.fixture
def checks(tmp_path, monkeypatch):
    """A folder of languages whose list of checks a test may write; returns what names the words there."""
    words = tmp_path / "cy" / "LC_MESSAGES" / "django.mo"
    words.parent.mkdir(parents=True)
    words.write_bytes(b"geiriau")
    monkeypatch.setattr(translation_credit, "LOCALES", tmp_path)
    translation_credit.is_checked.cache_clear()
    yield lambda written: (tmp_path / "cy" / "checked.toml").write_text(written)
    translation_credit.is_checked.cache_clear()


def test_every_welsh_page_says_that_a_computer_wrote_it_and_no_english_one_does():
    assert not translation_credit.is_checked("cy")
    for path in (*WITH_A_WAY_OVER, *WAY_OF_TELLING):
        assert NOTE in text(f"/cy{path}"), path
        assert NOTE not in text(path), path


def test_note_goes_once_a_named_person_has_checked_exactly_these_words(checks):
    checks(f'[[check]]\nby = "Alice"\non = 2026-12-01\nwords = "{translation_credit.digest_of_words(b"geiriau")}"\n')

    assert translation_credit.is_checked("cy")
    assert NOTE not in text("/cy/tell/")


def test_check_without_a_name_or_of_other_words_does_not_count(checks):
    words = translation_credit.digest_of_words(b"geiriau")
    for check in ("", '[[check]]\nby = ""\nwords = "{}"\n', '[[check]]\nby = "Alice"\nwords = "of last year"\n'):
        checks(check.format(words))

        assert not translation_credit.was_checked("cy", words), check


def test_no_words_of_a_telling_page_are_english_in_welsh(queue_key):
    same = SAME_IN_BOTH | set(HelpLine.objects.values_list("name", flat=True))
    for path in WAY_OF_TELLING:
        pages = (re.sub(r"<option.*?</option>", "", text(each), flags=re.S) for each in (path, f"/cy{path}"))
        english, welsh = (set(bare_words(page)) - same for page in pages)

        assert [words for words in english & welsh if "." not in words or " " in words] == [], path
