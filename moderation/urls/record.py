"""The addresses of the record and of the figures, among Wagtail's reports."""

from django.urls import path

from moderation.views.office import how_it_goes, record

urlpatterns = [
    path("reports/record/", record.audit_log_page, name="room_record"),
    path("reports/record/export/", record.export, name="room_record_export"),
    path("reports/how-it-goes/", how_it_goes.how_it_goes, name="room_how_it_goes"),
]
