"""The tables of the moderators' room."""

from moderation.models.agreed import Agreement, PutBack, WorkingCopy
from moderation.models.answers import AnswerTask, ResponseEntry, ResponseVersion
from moderation.models.in_hand import Aside, Claim, ReleaseWish
from moderation.models.keys import KeyShare, ModeratorKey
from moderation.models.log import LogEntry, LogHead, PendingLogEntry
from moderation.models.people import Invitation, ReadingDay, RightGiven, RoomPreference
from moderation.models.second_factor import SecondFactor
from moderation.models.words import ReadyWords, RiskWords

__all__ = [
    "Agreement",
    "AnswerTask",
    "Aside",
    "Claim",
    "Invitation",
    "KeyShare",
    "LogEntry",
    "LogHead",
    "ModeratorKey",
    "PendingLogEntry",
    "PutBack",
    "ReadingDay",
    "ReadyWords",
    "ReleaseWish",
    "ResponseEntry",
    "ResponseVersion",
    "RightGiven",
    "RiskWords",
    "RoomPreference",
    "SecondFactor",
    "WorkingCopy",
]
