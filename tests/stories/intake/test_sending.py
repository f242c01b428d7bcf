"""Sending, sending again, and the flood tray, through the real pages."""

import pytest
from django.db import OperationalError

from stories.crypto import receipts
from stories.intake import coming_back, messages, status_page
from stories.models import SealedText, Submission
from tests.stories.intake.visiting import ACCOUNT, TOLD, raising, sent

pytestmark = pytest.mark.django_db


def test_code_page_tells_the_dates_and_the_check_page_no_code_in_the_clear(queue_key, visitor, clock):
    visitor.check()
    check_page = visitor.page
    clock.shift(4)
    visitor.post("/tell/form/", step="send", **TOLD)

    submission = Submission.objects.get()
    for day in (status_page.read_by(submission), submission.erase_on):
        assert f"{day.day} {day:%B %Y}" in visitor.text()
    assert visitor.code() not in check_page
    assert visitor.code().replace("-", "") not in check_page
    # The seconds are counted from the first page.
    assert submission.is_flood is False


def test_same_send_twice_stores_once_and_other_words_are_kept_as_a_message(queue_key, visitor):
    code, first = visitor.tell(), visitor.tell()
    assert code != first
    texts = SealedText.objects.count()

    visitor.press_send_again(first)
    assert visitor.code() == first
    assert (Submission.objects.count(), SealedText.objects.count()) == (2, texts)

    for _ in range(2):
        visitor.press_send_again(code, account="I remembered one more thing.")
        assert visitor.code() == code
    opened = coming_back.open_code(code)
    assert [message["text"] for message in messages.opened_messages(opened)] == ["I remembered one more thing."]
    assert coming_back.what_i_sent(opened).account["account"] == ACCOUNT
    assert Submission.objects.count() == 2


def test_sending_again_after_taking_it_back_gets_a_new_code(queue_key, visitor):
    code = visitor.tell()
    visitor.press(code, "withdraw")
    visitor.post("/return/", step="withdraw-now")

    visitor.press_send_again(code)
    assert "took it back" in visitor.text()
    assert visitor.box("account") == ACCOUNT
    visitor.post("/tell/form/", step="send", **TOLD)

    assert visitor.code() not in ("", code)
    assert sent(visitor.code()).account["account"] == ACCOUNT


def test_without_a_code_a_second_press_stores_once_keeps_other_words_and_shows_none(queue_key, visitor, monkeypatch):
    code = receipts.new_code()
    for _ in range(2):
        visitor.press_send_again(code, no_code="on")
        submission = Submission.objects.get()
        assert not visitor.code()
        assert "no code, as you wished" in visitor.text()
        assert bytes(submission.key_under_code) == b""
        assert bytes(submission.key_for_queue)
        assert SealedText.objects.filter(kind="message").count() == 0

    with monkeypatch.context() as broken:
        broken.setattr(messages, "take_message", raising(OperationalError))
        visitor.press_send_again(code, no_code="on", account="And this.")
        assert visitor.response.status_code == 503
    for _ in range(2):
        visitor.press_send_again(code, no_code="on", account="And this.")
        assert Submission.objects.count() == 1
        assert SealedText.objects.filter(kind="message").count() == 1

    # A code that is wished for now would open nothing.
    visitor.press_send_again(code)
    assert not visitor.code()
    assert coming_back.open_code(code) is None
    visitor.come_back(code)
    assert "opens nothing here" in visitor.page
