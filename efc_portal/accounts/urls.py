"""Under `/accounts/`: the portal's own pages first, then allauth's, less those that are not offered.

Single sign-on is `efc_portal.partners.sign_on`: of what allauth has for it, no page is taken.
"""

from __future__ import annotations

from django.urls import include, path, re_path

from efc_portal.accounts import views

urlpatterns = [
    path("second-factor/", views.second_factor, name="accounts_second_factor"),
    path("session/", views.session_keep, name="accounts_session_keep"),
    path("password/change/", views.ChangePassword.as_view(), name="account_change_password"),
    path("sessions/<int:pk>/end/", views.session_end, name="accounts_session_end"),
    path("2fa/webauthn/keys/<int:pk>/remove/", views.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    # One address for each person, given by whoever invites them; no account without an invitation or without a
    # password; no code by mail.
    re_path(r"^(?:email|password/set|login/code/confirm)/$", views.not_offered),
    re_path(r"^confirm-email/", views.not_offered),
    path("", include("allauth.account.urls")),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
]
