"""The audit log as tests read it."""

from moderation.team import audit_log


def logged(deed="", item=""):
    """The lines of the log, first to last; a deed is in plain words."""
    rows = [audit_log.Entry(*row) for row in audit_log.log_entries(deed=deed, item=item)]
    plain = [row._replace(deed=row.deed.removeprefix("heard.").replace("_", " ")) for row in rows]
    return plain[::-1]
