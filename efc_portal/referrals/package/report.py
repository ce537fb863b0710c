"""The report: `report.pdf`, PDF/UA-1, for the officer who opens the package.

Here the content becomes the words and figures that `report.typ` lays out; `typeset` has typst do it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC
from itertools import groupby

import typst
from django.utils.translation import gettext_lazy as _

from efc_portal.core.errors import ApplicationError
from efc_portal.indicators.chains import chain_name
from efc_portal.referrals.package.content import Content, Identifier, Payment, Submission, Term
from efc_portal.referrals.package.defang import defang_text
from efc_portal.referrals.package.figures import chart, totals, value_line
from efc_portal.referrals.package.language import Language, language_of
from efc_portal.referrals.package.marks import strictest
from efc_portal.referrals.package.money import amount_shown
from efc_portal.referrals.package.texts import TEXTS, TLP_MEANINGS
from efc_portal.referrals.package.typeset import typeset

MOST_ROWS = 200  # of payments and of identifiers; the CSV files have all


class ReportFailed(ApplicationError):
    status = 500


def report_pdf(content: Content) -> bytes:
    """The report as PDF bytes, the same for the same content. Raises `ReportFailed` when typst cannot set it."""
    data = report_data(content)
    try:
        return typeset(data, content.approved_at)
    except typst.TypstError as error:
        raise ReportFailed(
            _("The report of %(reference)s could not be set as PDF. Nothing was sent; tell the portal’s operators."),
            reference=content.reference,
        ) from error


def report_data(content: Content) -> dict[str, object]:
    """Everything the template shows, as JSON values; free text and addresses defanged, amounts and dates worded."""
    language = language_of(content.language)
    identifiers = sorted(content.identifiers, key=lambda one: (one.type.label, one.value))
    return {
        "language": language.code,
        "texts": {key: language.say(text) for key, text in TEXTS.items()},
        "coalition": content.coalition,
        "reference": content.reference,
        "title": defang_text(content.title),
        "mark": strictest(content),
        "mark_meaning": language.say(TLP_MEANINGS[strictest(content)]),
        "agency": _agency(content),
        "date": language.day(content.approved_at.astimezone(UTC).date()),
        "asked": _paragraphs(content.requested_action),
        "short": _short(content, language),
        "summary": _paragraphs(content.summary),
        "why_you": _paragraphs(content.routing_reason),
        "handling": [_handling(submission, language) for submission in content.submissions],
        "meanings": _meanings(content.submissions),
        "str": _str_sentences(content.submissions, language),
        "totals": _totals(content.payments, language),
        "chart": chart(content.payments, language),
        "payments": [_payment(payment, language) for payment in content.payments[:MOST_ROWS]],
        "payments_rest": _rest(len(content.payments), "payments.csv", language),
        "identifiers": [_identifier(one, language) for one in identifiers[:MOST_ROWS]],
        "identifiers_rest": _rest(len(identifiers), "identifiers.csv", language),
        "submissions": [_submission(submission, language) for submission in content.submissions],
        "files": [
            {"name": one.name, "submission": one.submission, "size": language.number(one.size), "sha256": one.sha256}
            for one in content.attachments
        ],
        "made": language.say(
            "Made by the portal of the %(coalition)s%(version)s on %(moment)s.",
            coalition=content.coalition,
            version=f" (version {content.tool_version})" if content.tool_version else "",
            moment=language.moment(content.approved_at),
        ),
    }


def _paragraphs(text: str) -> list[str]:
    """Text cut at its blank lines."""
    lines = defang_text(text).replace("\r\n", "\n").split("\n")
    return ["\n".join(group).strip() for filled, group in groupby(lines, key=lambda line: bool(line.strip())) if filled]


def _agency(content: Content) -> str:
    country = content.agency.country
    return f"{content.agency.name}, {country.name}" if country else content.agency.name


def _short(content: Content, language: Language) -> list[dict[str, str]]:
    """The first page's facts: key of the name, text."""
    named = sorted({one.organisation for one in content.submissions if one.organisation})
    if any(not one.organisation for one in content.submissions):
        named.append(language.say("a partner"))
    types = Counter(sorted(one.type.label for one in content.identifiers))
    rows = {
        "case": content.case_reference,
        "sent_to": _agency(content),
        "approved": language.say(
            "%(moment)s, by %(who)s", moment=language.moment(content.approved_at), who=content.approved_by
        ),
        "value": value_line(content.payments, language) if content.payments else "",
        "identifiers": ", ".join(f"{label} ({language.number(number)})" for label, number in types.items()),
        "submissions": language.count(
            "One, from %(who)s",
            "%(number)s, from %(who)s",
            len(content.submissions),
            who=language.listed(named),
        ),
    }
    return [{"key": key, "text": text} for key, text in rows.items() if text]


def _provider(submission: Submission, language: Language) -> str:
    name = submission.organisation or language.say("a partner")
    return f"{name}, {submission.country.name}" if submission.country else name


def _handling(submission: Submission, language: Language) -> dict[str, str]:
    handling = submission.handling
    return {
        "submission": submission.reference,
        "provider": _provider(submission, language),
        "mark": handling.tlp,
        "grade": handling.grade,
        "codes": ", ".join(code.code for code in handling.codes) or "–",
        "note": defang_text(handling.note),
    }


def _meanings(submissions: Sequence[Submission]) -> list[str]:
    """The labels of every grade and code that occurs, sources first, each once."""
    terms: list[Term] = []
    for pick in (
        lambda one: [one.handling.source_grade],
        lambda one: [one.handling.information_grade],
        lambda one: one.handling.codes,
    ):
        found = {term.code: term for submission in submissions for term in pick(submission)}
        terms += [found[code] for code in sorted(found)]
    return [_labelled(term) for term in terms]


def _labelled(term: Term) -> str:
    """`B: mostly reliable`, whether or not the label already begins with its code."""
    return term.label if term.label.startswith(term.code) else f"{term.code}: {term.label}"


def _str_sentences(submissions: Sequence[Submission], language: Language) -> list[str]:
    return [
        language.say(
            "%(submission)s holds information from a suspicious transaction report, shared with the agreement of the "
            "financial intelligence unit (%(agreement)s). Tell nobody outside your agency that such a report exists.",
            submission=one.reference,
            agreement=one.handling.str_agreement,
        )
        for one in submissions
        if one.handling.str_agreement
    ]


def _totals(payments: Sequence[Payment], language: Language) -> list[dict[str, str]]:
    return [
        {
            "method": row.method,
            "currency": row.currency,
            "number": language.number(row.count),
            "total": amount_shown(row.amount, row.currency, language.code),
            "first": row.first.isoformat() if row.first else "–",
            "last": row.last.isoformat() if row.last else "–",
        }
        for row in totals(payments)
    ]


def _payment(payment: Payment, language: Language) -> dict[str, str]:
    return {
        "date": payment.paid_on.isoformat() if payment.paid_on else "–",
        "from": _side(payment.sender),
        "to": _side(payment.recipient),
        "method": payment.method.label,
        "amount": amount_shown(payment.amount, payment.currency, language.code),
        "submission": payment.submission,
    }


def _side(identifier: Identifier | None) -> str:
    return _display(identifier) if identifier else ""


def _display(identifier: Identifier) -> str:
    return defang_text(identifier.display or identifier.value)


def _identifier(identifier: Identifier, language: Language) -> dict[str, object]:
    seen = [day.isoformat() for day in (identifier.first_seen, identifier.last_seen) if day]
    return {
        "type": ", ".join([identifier.type.label, *identifier.tokens, *map(chain_name, identifier.chains)]),
        "value": _display(identifier),
        "role": language.listed([role.label for role in identifier.roles]) or "–",
        "country": identifier.country or "–",
        "seen": list(dict.fromkeys(seen)) or ["–"],
        "submissions": list(identifier.submissions),
    }


def _rest(count: int, file: str, language: Language) -> str:
    if count <= MOST_ROWS:
        return ""
    return language.say(
        "The first %(shown)s of %(count)s. All are in %(file)s.",
        shown=language.number(MOST_ROWS),
        count=language.number(count),
        file=file,
    )


def _submission(submission: Submission, language: Language) -> dict[str, object]:
    return {
        "reference": submission.reference,
        "provider": _provider(submission, language),
        "grade": submission.handling.grade,
        "mark": submission.handling.tlp,
        "period": language.period(submission.period_from, submission.period_to) or "–",
        "methods": ", ".join(method.label for method in submission.methods) or "–",
        "flags": [{"number": flag.code, "label": flag.label} for flag in submission.red_flags],
        "narrative": _paragraphs(submission.narrative),
    }
