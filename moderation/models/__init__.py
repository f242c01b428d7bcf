"""The tables of the moderators' room."""

from moderation.models.answers import AnswerTask, ResponseEntry, ResponseVersion
from moderation.models.room import Agreement, Aside, Claim, PutBack, ReadyWords, ReleaseWish, RiskWords, WorkingCopy
from moderation.models.team import Invitation, KeyShare, LogEntry, ModeratorKey, ReadingDay, RightGiven, RoomPreference

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
