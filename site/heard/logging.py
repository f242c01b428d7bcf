"""The log, which holds nothing of a visit. An error leaves one line: our line that met it, its kind and its reason.

The journal stamps each line with the second. So errors in a contributor's request are counted, and written at the hour.
"""

import logging
import logging.config
import threading
import time
from collections import Counter
from collections.abc import ItemsView, Mapping
from multiprocessing.util import Finalize

from django.core.signals import request_started
from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter

from stories.core import addresses, faults

_HOUR = 3600  # seconds
# What the thread answers, or answered last.
_answered = threading.local()


def configure_logging(config: dict[str, object]) -> None:
    """Put one handler in the place of all others: whatever anyone logs, no message of it is written."""
    # A record that can't be written would otherwise be printed with its arguments.
    logging.raiseExceptions = False
    logging.captureWarnings(True)
    request_started.connect(note_request)
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"bare": {"()": BareFormatter}},
            "filters": {"errors": {"()": OnlyErrors}},
            "handlers": {"bare": {"()": HourlyHandler, "formatter": "bare", "filters": ["errors"]}},
            "root": {"handlers": ["bare"], "level": "ERROR"},
            "loggers": {name: {"handlers": [], "level": level, "propagate": True} for name, level in _LEVELS.items()},
        }
    )


# Django gives its own loggers handlers and levels of their own: a console, a line for each visit,
# and mail with the whole request in it.
_LEVELS = {
    **dict.fromkeys(("django", "django.request", "wagtail"), "ERROR"),
    **dict.fromkeys(("django.server", "django.security", "py.warnings", "PIL"), "CRITICAL"),
}


class OnlyErrors(logging.Filter):
    """Let no record through that only tells of a visit: a status code without an exception behind it."""

    def filter(self, record: logging.LogRecord) -> bool:
        return bool(record.exc_info) or not record.name.startswith("django.request")


def note_request(environ: Mapping[str, str] | None = None, **kwargs: object) -> None:
    """Remember for this thread whether a contributor is answered."""
    _answered.is_contributor = addresses.holds_form((environ or {}).get("PATH_INFO", ""))


class HourlyHandler(logging.StreamHandler):  # type: ignore[type-arg]
    """Writes each line at once; those of contributors' requests at the full hour, once with their number."""

    def __init__(self) -> None:
        super().__init__()
        self._counted: Counter[str] = Counter()
        # What a stop cuts short is written then.
        Finalize(None, self.write_counted, exitpriority=1)

    def emit(self, record: logging.LogRecord) -> None:
        if not getattr(_answered, "is_contributor", False):
            return super().emit(record)
        if not self._counted:
            # In a thread of its own, for the next request may be a day off.
            timer = threading.Timer(_HOUR - time.time() % _HOUR, self.write_counted)
            timer.daemon = True
            timer.start()
        self._counted[self.format(record)] += 1

    def write_counted(self) -> None:
        self.acquire()
        try:
            for line, number in self._counted.items():
                self.stream.write(f"{line}, {number} in this hour\n")
            self._counted.clear()
            self.flush()
        except (OSError, ValueError):
            # There is nowhere left to say it.
            pass
        finally:
            self.release()


class BareFormatter(logging.Formatter):
    """One line: its level, our module and line, kind of error and reason. No message, path, value or local."""

    def format(self, record: logging.LogRecord) -> str:
        error = record.exc_info and record.exc_info[1]
        given = record.args if isinstance(record.args, tuple) else ()
        met = [faults.Fault(error)] if error else [each for each in given if isinstance(each, faults.Fault)]
        return f"{record.levelname} at {met[0] if met else f'{record.name}:{record.lineno}'}"


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
