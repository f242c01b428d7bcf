"""Django's PostgreSQL with deadlines on our side: a server that is frozen, or out of reach, never answers at all.

`statement_timeout` is the server's, and a frozen one keeps no time; its kernel answers TCP's keepalive all the while.
Only a serving process has deadlines (`settings.IS_SERVING`): what a command does may take as long as it takes.
"""

import time
from collections.abc import Mapping
from typing import Any

import psycopg
from django.conf import settings
from django.db.backends.postgresql import base
from django.utils.asyncio import async_unsafe
from psycopg.abc import PQGen
from psycopg.errors import ConnectionTimeout

# In seconds. A reader waits for the replica, and then for the primary in its place.
LONGEST_ANSWER = {"default": 3.0, "replica": 1.5}
# The least that libpq knows.
LONGEST_CONNECT = 2
# A server that let a deadline pass is asked again by one connection after so long, and by the others if that answers.
LEFT_ALONE = 5.0
_left_alone_until: dict[str, float] = {}


class Connection(psycopg.Connection[Any]):
    """Gives up, and closes itself, where the server says nothing for too long."""

    alias: str

    def wait(self, gen: PQGen[Any], interval: float = 0.1, timeout: float | None = None) -> Any:
        deadline = LONGEST_ANSWER[self.alias] if timeout is None else timeout
        until = time.monotonic() + deadline
        try:
            return super().wait(gen, interval, deadline)
        except psycopg.OperationalError:
            if timeout is None and time.monotonic() >= until:
                # Its transaction is in nobody's hands: the server rolls it back.
                self.close()
                _left_alone_until[self.alias] = time.monotonic() + LEFT_ALONE
            raise


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, whose connections give up in a process that serves."""

    @async_unsafe
    def get_new_connection(self, conn_params: Mapping[str, Any]) -> psycopg.Connection[Any]:
        if not settings.IS_SERVING or self.alias not in LONGEST_ANSWER:
            return super().get_new_connection(conn_params)
        if _is_left_alone(self.alias):
            raise psycopg.OperationalError("The server let a deadline pass a moment ago.")
        if self.alias in _left_alone_until:
            # This one tries, and nobody else until it has.
            _left_alone_until[self.alias] = time.monotonic() + LEFT_ALONE
        self.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
        try:
            made = Connection.connect(**{**conn_params, "connect_timeout": LONGEST_CONNECT})
        except ConnectionTimeout:
            _left_alone_until[self.alias] = time.monotonic() + LEFT_ALONE
            raise
        _left_alone_until.pop(self.alias, None)
        made.alias = self.alias
        return made

    def is_usable(self) -> bool:
        return not _is_left_alone(self.alias) and super().is_usable()


def _is_left_alone(alias: str) -> bool:
    return time.monotonic() < _left_alone_until.get(alias, 0)
