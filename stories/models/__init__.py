"""The tables of what is told and what is published."""

from stories.models.answer_words import AnswerWords
from stories.models.counted import CountedAnswers
from stories.models.edition import Edition
from stories.models.event import Event
from stories.models.last_run import LastRun
from stories.models.released_answers import ReleasedAnswers
from stories.models.released_figures import ReleasedFigures
from stories.models.response import Letter, OpinionTally, Response, ResponseMark
from stories.models.story import NotAgreed, Story
from stories.models.submission import OnItsWay, QueueKey, SealedText, Submission
from stories.models.take_down import TakeDownRequest
from stories.models.taxonomies import ContentNote, Force, Outcome, Theme
from stories.models.usual_wait import UsualWait

__all__ = [
    "AnswerWords",
    "ContentNote",
    "CountedAnswers",
    "Edition",
    "Event",
    "Force",
    "LastRun",
    "Letter",
    "NotAgreed",
    "OnItsWay",
    "OpinionTally",
    "Outcome",
    "QueueKey",
    "ReleasedAnswers",
    "ReleasedFigures",
    "Response",
    "ResponseMark",
    "SealedText",
    "Story",
    "Submission",
    "TakeDownRequest",
    "Theme",
    "UsualWait",
]
