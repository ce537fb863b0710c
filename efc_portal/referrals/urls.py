"""/referrals/: drafting and approving for the secretariat, the inbox for agencies."""

from __future__ import annotations

from django.urls import path

from efc_portal.referrals.views import answers, detail, drafting

app_name = "referrals"

urlpatterns = [
    path("", detail.referral_list, name="list"),
    path("new/<uuid:case>/", drafting.new, name="new"),
    path("<uuid:pk>/", detail.detail, name="detail"),
    path("<uuid:pk>/progress/", detail.progress, name="progress"),
    path("<uuid:pk>/package/", detail.package, name="package"),
    path("<uuid:pk>/edit/", drafting.edit, name="edit"),
    path("<uuid:pk>/propose/", drafting.propose, name="propose"),
    path("<uuid:pk>/approve/", drafting.approve, name="approve"),
    path("<uuid:pk>/return/", drafting.give_back, name="return"),
    path("<uuid:pk>/withdraw/", drafting.withdraw, name="withdraw"),
    path("<uuid:pk>/acknowledge/", answers.acknowledge, name="acknowledge"),
    path("<uuid:pk>/accept/", answers.accept, name="accept"),
    path("<uuid:pk>/decline/", answers.decline, name="decline"),
    path("<uuid:pk>/conclude/", answers.conclude, name="conclude"),
    path("<uuid:pk>/tell/", answers.tell, name="tell"),
]
