"""Copying a row that is no page: the copy begins as what is copied, and is never kept in its place."""

from wagtail.snippets.views.snippets import CopyView


class CopyToBeginWith(CopyView):
    """The form of a new row, filled in, which goes where new rows go: sent back here, it would overwrite this one."""

    http_method_names = ["get", "head", "options"]
