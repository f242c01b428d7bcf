"""The log, which holds nothing of a visit. An error leaves one line, with its kind and our line that met it."""

import logging
import logging.config
import traceback
from collections.abc import ItemsView
from pathlib import Path
from types import TracebackType

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter

OURS = Path(__file__).resolve().parent.parent.parent
_LIBRARIES = ("site-packages", "dist-packages", ".venv")


def configure_logging(config: dict[str, object]) -> None:
    """Put one handler in the place of all others: whatever anyone logs, no message of it is written."""
    # A record that can't be written would otherwise be printed with its arguments.
    logging.raiseExceptions = False
    logging.captureWarnings(True)
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"bare": {"()": BareFormatter}},
            "filters": {"errors": {"()": OnlyErrors}},
            "handlers": {"bare": {"class": "logging.StreamHandler", "formatter": "bare", "filters": ["errors"]}},
            "root": {"handlers": ["bare"], "level": "ERROR"},
            "loggers": {name: {"handlers": [], "level": level, "propagate": True} for name, level in _LEVELS.items()},
        }
    )


# Django gives its own loggers handlers and levels of their own: a console, a line for each visit,
# and mail with the whole request in it.
_LEVELS = {
    "django": "ERROR",
    "django.server": "CRITICAL",
    "django.security": "CRITICAL",
    "django.request": "ERROR",
    "py.warnings": "CRITICAL",
    "wagtail": "ERROR",
    "PIL": "CRITICAL",
}


class OnlyErrors(logging.Filter):
    """Let no record through that only tells of a visit: a status code without an exception behind it."""

    def filter(self, record: logging.LogRecord) -> bool:
        return bool(record.exc_info) or not record.name.startswith("django.request")


class BareFormatter(logging.Formatter):
    """One line: the kind of error, our module and line. No message, path, value or local."""

    def format(self, record: logging.LogRecord) -> str:
        if record.exc_info and record.exc_info[0]:
            kind, _error, trace = record.exc_info
            return f"{kind.__name__} at {_place(trace)}"
        return f"{record.levelname} at {record.name}:{record.lineno}"


def _place(trace: TracebackType | None) -> str:
    """Name the last of our own lines that the error went through, or the last of all."""
    last = ours = ""
    for frame, line in traceback.walk_tb(trace):
        file = frame.f_code.co_filename
        last = f"{frame.f_globals.get('__name__', '?')}:{line}"
        if file.startswith(str(OURS)) and not any(part in file for part in _LIBRARIES):
            ours = last
    return ours or last or "?"


class EmptyReporterFilter(SafeExceptionReporterFilter):
    """Give Django's error reports nothing of the request and no variable, even while developing."""

    def get_safe_settings(self) -> dict[str, object]:
        return {}

    def is_active(self, request: HttpRequest | None) -> bool:
        return True

    def _nothing(self, request: HttpRequest | None) -> dict[str, object]:
        return {}

    get_safe_request_meta = get_safe_cookies = get_post_parameters = _nothing  # type: ignore[assignment]

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: object) -> ItemsView[str, object]:
        return self._nothing(request).items()
