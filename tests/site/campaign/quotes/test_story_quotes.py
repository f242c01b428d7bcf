from campaign.quotes import story_quotes
from stories.models import Story

STORY = Story(
    title="Nobody called me back",
    text="I rang 101.\r\n\r\nThey said it was unlawful, (perhaps).  Nobody\ncalled.",
    differently="Ring back.",
    well="She listened.",
)


PASSAGES = (
    *("I rang 101.", "I rang 101. They said", "it was unlawful", " Nobody called. ", "(perhaps)", ", (perhaps)."),
    *("Nobody called me back", "Ring back", "She listened."),
)
NO_PASSAGES = (
    *("", "  ", "lawful", "I ran", "I rang … unlawful", "i rang 101", "I rang 101, they said", "called. Ring back"),
    ".*",
)


def test_whole_words_of_the_story_in_their_order_are_a_passage_and_nothing_else_is():
    assert [passage for passage in PASSAGES if not story_quotes.holds_passage(STORY, passage)] == []
    assert [passage for passage in NO_PASSAGES if story_quotes.holds_passage(STORY, passage)] == []
