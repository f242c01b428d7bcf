"""Whoever takes a whole file takes a turn: somebody who reads slowly must not stand in the way of those who tell.

Our server gives a thread to each answer that is sent in pieces, until its last piece is read. Of the four that a
process has (`heard.adapter`), files may hold two; a third reader is asked to come again.
"""

from collections.abc import Callable, Iterator
from functools import wraps
from threading import BoundedSemaphore
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

Piece = TypeVar("Piece", str, bytes)
View = Callable[..., HttpResponseBase]
AT_ONCE = 2
AGAIN_AFTER_SECONDS = 30
_turns = BoundedSemaphore(AT_ONCE)


class NoTurn(RuntimeError):
    """Too many are taking a whole file at the moment."""


class Turn(Iterator[Piece]):
    """Hands on `pieces`, and gives its turn back when the server is done with them. Raises `NoTurn` to begin with.

    A server that only wants the headers closes it without having asked for a piece, and a generator that never began
    would not notice.
    """

    def __init__(self, pieces: Iterator[Piece]) -> None:
        if not _turns.acquire(blocking=False):
            raise NoTurn
        self._is_held = True
        self._pieces: Iterator[Piece] = pieces

    def __next__(self) -> Piece:
        try:
            return next(self._pieces)
        except BaseException:
            # At its end, and where it breaks off.
            self.close()
            raise

    def close(self) -> None:
        if self._is_held:
            self._is_held = False
            _turns.release()


def in_turn(view: View) -> View:
    """Have `view` say that somebody should come again, where it finds no `Turn`."""

    @wraps(view)
    def taken(request: HttpRequest, **names: str) -> HttpResponseBase:
        try:
            return view(request, **names)
        except NoTurn:
            words = _("Others are taking whole files at the moment. Try again in half a minute.")
            response = HttpResponse(f"{words}\n", status=503, content_type="text/plain; charset=utf-8")
            response["Retry-After"] = str(AGAIN_AFTER_SECONDS)
            return response

    return taken
