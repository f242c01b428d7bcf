# ruff: noqa: F401 - here for everybody
"""The tables of what is told and what is published."""

from stories.models.bookkeeping import Edition, LastRun, MarkedSet, PepperCheck, UsualWait
from stories.models.figures import CountedAnswers, ReleasedAnswers, ReleasedFigures
from stories.models.response import Letter, Response
from stories.models.story import NotAgreed, Story
from stories.models.submission import Event, OnItsWay, QueueKey, SealedText, Submission
from stories.models.take_down import TakeDownRequest
from stories.models.taxonomies import ContentNote, Demand, Force, Outcome, Theme
