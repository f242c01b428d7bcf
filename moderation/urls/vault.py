"""The vault's addresses, for Wagtail's hook `register_admin_urls`."""

from django.urls import path

from moderation.views.safekeeping import vault, vault_keys

urlpatterns = [
    path("vault/", vault_keys.KeysView.as_view(), name="vault_keys"),
    path("vault/unlock/", vault.UnlockView.as_view(), name="vault_unlock"),
    path("vault/lock/", vault.lock, name="vault_lock"),
    path("vault/make-key/", vault_keys.MakeKeyView.as_view(), name="vault_make_key"),
    path("vault/words-back/", vault_keys.WordsBackView.as_view(), name="vault_words_back"),
    path("vault/admit/<int:key_id>/", vault_keys.AdmitView.as_view(), name="vault_admit"),
    path("vault/stop/<int:key_id>/", vault_keys.StopView.as_view(), name="vault_stop"),
    path("vault/rotate/", vault_keys.RotateView.as_view(), name="vault_rotate"),
]
