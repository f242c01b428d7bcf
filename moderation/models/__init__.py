"""The tables of the moderators' room."""

from moderation.models.agreed import Agreement, PutBack, WorkingCopy
from moderation.models.answers import AnswerTask, ResponseEntry, ResponseVersion
from moderation.models.in_hand import Aside, Claim, ReleaseWish
from moderation.models.team import Invitation, KeyShare, LogEntry, ModeratorKey, ReadingDay, RightGiven, RoomPreference
from moderation.models.words import ReadyWords, RiskWords

__all__ = [
    "Agreement",
    "AnswerTask",
    "Aside",
    "Claim",
    "Invitation",
    "KeyShare",
    "LogEntry",
    "ModeratorKey",
    "PutBack",
    "ReadingDay",
    "ReadyWords",
    "ReleaseWish",
    "ResponseEntry",
    "ResponseVersion",
    "RightGiven",
    "RiskWords",
    "RoomPreference",
    "WorkingCopy",
]
