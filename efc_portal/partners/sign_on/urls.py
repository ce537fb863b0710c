"""Signing in through an organisation, and where its identity provider is looked after.

The names that allauth reverses (`openid_connect_callback`) are its own.
"""

from __future__ import annotations

from django.urls import path

from efc_portal.partners.sign_on import public, views

urlpatterns = [
    path("accounts/organisation/", public.begin, name="sign_on_begin"),
    path("accounts/organisation/<slug:slug>/", public.go_on, name="sign_on_continue"),
    path("accounts/organisation/<slug:slug>/go/", public.go, name="sign_on_go"),
    path("accounts/oidc/<slug:provider_id>/callback/", public.oidc_callback, name="openid_connect_callback"),
    path("accounts/saml/<slug:slug>/acs/", public.saml_acs, name="saml_acs"),
    path("accounts/saml/<slug:slug>/acs/finish/", public.saml_finish, name="saml_finish_acs"),
    path("accounts/saml/<slug:slug>/metadata/", public.saml_metadata, name="saml_metadata"),
    path("members/sign-on/", views.provider_list, name="sign_on"),
    path("members/sign-on/oidc/", views.propose_oidc, name="sign_on_oidc"),
    path("members/sign-on/saml/", views.propose_saml, name="sign_on_saml"),
    path("members/sign-on/<uuid:pk>/", views.detail, name="sign_on_detail"),
    path("members/sign-on/<uuid:pk>/try/", views.test, name="sign_on_test"),
    path("members/sign-on/<uuid:pk>/people/<int:link>/forget/", views.forget, name="sign_on_forget"),
    path("members/sign-on/<uuid:pk>/<slug:step>/", views.step, name="sign_on_step"),
]
