"""Addresses of signing in and out, and of one's own account."""

from django.urls import path

from shailoo.accounts.views import entering, factors, offices, own_sessions, passwords

app_name = "accounts"
urlpatterns = [
    path("sign-in/", entering.sign_in, name="sign_in"),
    path("sign-in/passkey/", entering.passkey, name="passkey"),
    path("sign-out/", entering.sign_out, name="sign_out"),
    path("offices/", offices.choose, name="offices"),
    path("account/", factors.account, name="account"),
    path("account/second-factor/", factors.app, name="second_factor"),
    path("account/passkeys/", factors.passkeys, name="passkeys"),
    path("account/factors/<int:factor>/remove/", factors.remove, name="remove_factor"),
    path("account/recovery-codes/", factors.recovery_codes, name="recovery_codes"),
    path("account/confirm/", factors.confirm, name="confirm"),
    path("account/password/", passwords.change, name="password"),
    path("account/sessions/", own_sessions.listed, name="sessions"),
    path("password/", passwords.forgotten, name="forgotten"),
    path("password/<str:uidb64>/<str:token>/", passwords.new_password, name="new_password"),
]
