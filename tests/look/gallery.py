"""Every component on real pages, for the browser tests: addresses of their own, no data."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.urls import include, path

from efc_portal.core.forms import RadioSelectWithHints

PAGES = Path(__file__).parent / "pages"
NOW = datetime(2026, 11, 23, 9, 14, tzinfo=UTC)


class Submission(forms.Form):
    title = forms.CharField(label="Title", help_text="One line that an officer reads first.")
    narrative = forms.CharField(label="What happened", max_length=400, widget=forms.Textarea)
    method = forms.ChoiceField(label="Method", choices=[("", "Choose one"), ("card", "Card")])
    tlp = forms.ChoiceField(
        label="Who may know",
        choices=[("RED", "TLP:RED"), ("AMBER", "TLP:AMBER")],
        widget=RadioSelectWithHints(hints={"RED": "Only the people named as recipients."}),
    )
    flags = forms.MultipleChoiceField(
        label="Red flags",
        required=False,
        choices=[("1", "Low-value, repeated transfers"), ("2", "Round amounts, odd hours")],
        widget=forms.CheckboxSelectMultiple,
    )
    day = forms.DateField(
        label="First day", required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    founded = forms.DateField(label="Founded", required=False, widget=forms.SelectDateWidget)
    amount = forms.DecimalField(
        label="Amount", required=False, widget=forms.NumberInput(attrs={"class": "govuk-input--width-10"})
    )
    file = forms.FileField(label="Attachment", required=False, help_text="CSV, XLSX or PDF, up to 20 MB.")
    danger = forms.BooleanField(
        label="A child may be in danger now", required=False, help_text="Call the police as well."
    )


class Identifier(forms.Form):
    value = forms.CharField(label="Value")
    kind = forms.ChoiceField(label="Type", choices=[("iban", "IBAN"), ("wallet", "Wallet")])


class Filters(forms.Form):
    hide_optional = True
    q = forms.CharField(label="Reference or words", required=False)
    urgency = forms.ChoiceField(label="Urgency", required=False, choices=[("", "All"), ("danger", "Child in danger")])


def item(label: str, count: int | None = None, current: bool = False) -> dict[str, Any]:
    return {"label": label, "url": "#main", "count": count, "current": current}


def content() -> dict[str, Any]:
    return {
        "organisation": "Secretariat",
        "navigation": [{"label": "", "items": [item("Start"), item("Triage", 14, True), item("Cases", 38)]}],
        "site_navigation": [item("News", current=True), item("Reports")],
        "footer_navigation": [item("Contact"), item("Accessibility")],
        "items": [item("Overview", current=True), item("Matches", 2)],
        "columns": [{"label": "State"}, {"label": "Reference", "key": "reference"}, {"label": "Value", "num": True}],
        "page": Paginator(range(500), 25).page(7),
        "filters": Filters(),
        "pairs": [{"label": "Case", "value": "C-2026-000045", "url": "#main"}, {"label": "Value", "value": "€ 61,200"}],
        "answers": [{"label": "Title", "value": "Low-value transfers", "action": "#main"}],
        "events": [
            {"title": "Delivered", "at": NOW, "state": "now"},
            {"title": "Approved", "at": NOW, "by": "a second officer", "text": "Routing checked."},
            {"title": "First submission received", "when": "19 November"},
        ],
        "steps": [
            {"label": "What happened", "url": "#main", "state": "done"},
            {"label": "Who and what was paid", "url": "#main", "state": "now"},
            {"label": "Payments", "state": "problem"},
        ],
        "progress": [
            {"label": "Attachments checked", "state": "done", "at": NOW, "text": "2 files"},
            {"label": "Identifiers brought to one form", "state": "running"},
            {"label": "Compared with earlier submissions", "state": "waiting"},
            {"label": "Malware scan", "state": "failed", "text": "The scanner does not answer."},
        ],
        "tasks": [
            {
                "label": "Keys and channels",
                "url": "#main",
                "status": "To do",
                "kind": "wait",
                "hint": "Where we deliver",
            },
            {"label": "Agreement", "status": "Cannot start yet", "kind": "quiet"},
        ],
        "files": [
            {"name": "transactions.csv", "size": 182000, "status": "Clean", "kind": "good", "url": "#main"},
            {"name": "statement.pdf", "size": 1820000, "status": "Being checked", "remove": "/autosave/"},
        ],
        "sentences": ["The portal checks it within a minute.", "An officer reads it within one working day."],
    }


def show(request: HttpRequest, name: str) -> HttpResponse:
    request.user = type("User", (), {"is_authenticated": True, "__str__": lambda _self: "Ines Ferreira"})()
    bad = request.method == "POST" or "bad" in request.GET
    if name == "components":
        for level in (messages.SUCCESS, messages.ERROR, messages.WARNING, messages.INFO):
            messages.add_message(request, level, "The referral is approved.")
    rows = forms.formset_factory(Identifier, extra=1)(prefix="rows")
    context = content() | {"form": Submission({"narrative": "x"} if bad else None), "rows": rows}
    if "idle" in request.GET:
        context |= {
            "session_idle_seconds": 240,
            "session_keep_url": "/autosave/",
            "session_end_url": "/gallery/public/",
        }
    template = engines["django"].from_string((PAGES / f"{name}.html").read_text())
    return HttpResponse(template.render(context, request))


def autosave(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"saved_at": "14:32"} if request.POST.get("title") != "broken" else {}, status=200)


urlpatterns = [
    path("gallery/<str:name>/", show),
    path("autosave/", autosave),
    path("accounts/", include("efc_portal.accounts.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]
