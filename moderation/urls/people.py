"""The addresses of people, keys and reports, for Wagtail's hook `register_admin_urls`."""

from django.urls import path

from moderation.views.office import reports
from moderation.views.team import invitations, people, vault, vault_keys

urlpatterns = [
    path("people/", people.people, name="room_people"),
    path("people/invite/", invitations.invite, name="room_invite"),
    path("people/invitations/", invitations.invitations, name="room_invitations"),
    path("people/invitations/<uuid:pk>/stop/", invitations.stop, name="room_stop_invitation"),
    path("people/what-to-do/", people.what_to_do, name="room_what_to_do"),
    path("people/rights/<int:pk>/stop/", people.stop_right, name="room_stop_right"),
    path("people/<int:pk>/", people.person, name="room_person"),
    path("people/<int:pk>/end-sessions/", people.end_sessions, name="room_end_sessions"),
    path("people/<int:pk>/reset-second-step/", people.reset_second_factor, name="room_reset_second_factor"),
    path("people/<int:pk>/leave/", people.leave, name="room_leave"),
    path("people/<int:pk>/bring-back/", people.bring_back, name="room_bring_back"),
    path("vault/", vault_keys.KeysView.as_view(), name="vault_keys"),
    path("vault/unlock/", vault.UnlockView.as_view(), name="vault_unlock"),
    path("vault/lock/", vault.lock, name="vault_lock"),
    path("vault/make-key/", vault_keys.MakeKeyView.as_view(), name="vault_make_key"),
    path("vault/words-back/", vault_keys.WordsBackView.as_view(), name="vault_words_back"),
    path("vault/admit/<int:key_id>/", vault_keys.AdmitView.as_view(), name="vault_admit"),
    path("vault/stop/<int:key_id>/", vault_keys.StopView.as_view(), name="vault_stop"),
    path("vault/rotate/", vault_keys.RotateView.as_view(), name="vault_rotate"),
    path("reports/record/", reports.audit_log_page, name="room_record"),
    path("reports/record/export/", reports.export_audit_log, name="room_record_export"),
    path("reports/how-it-goes/", reports.how_it_goes, name="room_how_it_goes"),
]
