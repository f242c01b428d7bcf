"""What somebody sent, as a file for their own device: whole, plain, and naming neither us nor the code."""

import pytest

from stories.intake import messages
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(queue_key):
    found = factories.submission_at("received", account="It rained.\n\n<b>Nobody</b> rang.", recognise=["work"])
    messages.seal_message(found, "May we say “a town”?", sender=messages.MODERATOR)
    messages.seal_message(found, "Yes.", sender=messages.CONTRIBUTOR)
    return found


def download(visitor, submission):
    visitor.come_back(submission.code)
    visitor.post("/return/", step="download")
    return visitor.response


def test_file_holds_every_word_answer_and_message_and_names_neither_site_nor_code(submission, visitor):
    response = download(visitor, submission)

    account = "It rained.\n\n<b>Nobody</b> rang."
    for words in (account, "Kent Police", "People at work, school or college", "May we say “a town”?", "Yes."):
        assert words in visitor.page
    for name in ("heard", submission.code.lower(), submission.code.lower().replace("-", "")):
        assert name not in visitor.page.lower()
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="notes.txt"'
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
