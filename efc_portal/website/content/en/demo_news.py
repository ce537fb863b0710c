"""Invented news for a demonstration."""

from __future__ import annotations

from efc_portal.website.content.demo import news_piece
from efc_portal.website.content.piece import Facts, Piece, html


def pieces(facts: Facts) -> list[Piece]:
    return [
        news_piece(
            "newsletter-summer",
            tags=("merchants", "vouchers"),
            issue=4,
            title="Newsletter: what the first half of the year taught us",
            summary="Merchants behind merchants, vouchers that travel, and a working group that found a date.",
            body=[
                ("text", html(NEWSLETTER)),
                (
                    "more",
                    {
                        "sections": [
                            {
                                "heading": "How to contribute to the next issue",
                                "text": html(
                                    "<p>Send the secretariat a paragraph on what your team learned. Names of customers and cases stay out.</p>"
                                ),
                            }
                        ]
                    },
                ),
            ],
        ),
        news_piece(
            "call-test-data-for-voucher-codes",
            tags=("vouchers", "data collection template"),
            title="Call: help us describe vouchers and gift cards better",
            summary="Issuers and retailers are invited to a short consultation on the data collection template.",
            body=[("text", html(CALL))],
        ),
        news_piece(
            "guidance-on-prepaid-and-gift-cards",
            tags=("vouchers", "guidance"),
            title="New guidance on prepaid and gift cards",
            summary="What issuers can see, which combinations are worth a second look, and what to report.",
            body=[("text", html(GUIDANCE))],
        ),
        news_piece(
            "two-payment-firms-join",
            tags=("merchants", "partners"),
            title="Two payment firms join the coalition",
            summary="Both bring analysts’ time, and a view of merchants that banks do not have.",
            body=[
                ("text", html(JOINED)),
                (
                    "quote",
                    {
                        "text": "Our monitoring asks whether a merchant is what it says. The coalition tells us what else to ask.",
                        "who": "Head of merchant risk at one of the new partners",
                    },
                ),
            ],
        ),
        news_piece(
            "strategic-assessment-2026-published",
            tags=("strategic assessment", "open data"),
            author_name="Matteo Lindqvist",
            author_role="analyst, secretariat",
            title="Strategic assessment: the money has moved again",
            summary="This year’s edition of Payments and displacement is published, with its figures as open data.",
            body=[("text", html(ASSESSMENT))],
        ),
        news_piece(
            "training-virtual-currency-tracing",
            tags=("training",),
            title="Training for investigators on tracing virtual currency",
            summary="Two days in spring for forty investigators and analysts, with exercises on invented cases.",
            place="Brussels",
            body=[
                ("text", html(TRAINING)),
                (
                    "key_figure",
                    {"value": "40", "label": "places, shared between agencies and partners", "source": ""},
                ),
                (
                    "table",
                    {
                        "caption": "Programme",
                        "cells": PROGRAMME,
                        "source": "",
                    },
                ),
            ],
        ),
    ]


NEWSLETTER = """
<h2>Merchants behind merchants</h2>
<p>Three partners met the same pattern within weeks: a web shop for household goods without stock, without returns and
with most of its sales between midnight and four. Behind it stood a processor that took payments for others. What helped
was a simple question to the merchant, for the invoice of a delivery.</p>
<h2>Vouchers that travel</h2>
<p>Vouchers bought in one country were redeemed in another within minutes. The working group on prepaid products now
describes which details issuers can compare without looking at anybody’s purchases.</p>
<h2>Dates</h2>
<ul><li>The steering committee meets in autumn.</li><li>The training on tracing virtual currency is planned for spring.</li></ul>
"""

CALL = """
<p>Gift cards and vouchers appear in one report out of six, and the data collection template describes them too
coarsely. Before it changes, we would like to hear from those who issue and sell them.</p>
<h2>Three questions</h2>
<ol>
<li>Which details of a voucher can you look up when somebody gives you its number or its receipt?</li>
<li>How long do you keep them?</li>
<li>Which of them may you share, with whom, and on which legal basis?</li>
</ol>
<p>A page is enough. Please write to the secretariat; we publish a summary without names.</p>
"""

GUIDANCE = """
<p>The guidance is for those who issue prepaid and gift cards, and for those who sell them. It was written by a working
group of issuers, retailers and investigators, and fits on twelve pages.</p>
<ul>
<li>It names what issuers can see without reading anybody’s purchases.</li>
<li>It describes combinations of signs. No single one means anything.</li>
<li>It says what to report, to whom, and what to leave out.</li>
</ul>
<p><a href="/reports/prepaid-and-gift-cards/">Read the summary and download the guidance</a></p>
"""

JOINED = """
<p>The coalition welcomes two firms that process payments for web shops in eleven countries. Their contribution is made
in kind: one analyst each for a day a week, and the experience of checking merchants when they apply and while they
trade.</p>
<p>With them, financial services, technology, civil society and law enforcement are all represented in the working group
on merchants, which meets next in January.</p>
"""

ASSESSMENT = """
<p>Once a year the coalition looks at all that partners have reported and asks where the money went. This year’s answer
fits into one sentence: what was pushed out of transfers and cards is now mostly virtual currency, and the small change
is gift cards.</p>
<p>The report explains what this rests on and how far it can be trusted. Its figures can be downloaded and reused.</p>
<p><a href="/reports/strategic-assessment-2026/">Read the key findings and download the report</a></p>
"""

TRAINING = """
<p>Payments in virtual currency can be followed further than most people think, and lost sooner than most investigators
hope. The training shows both, step by step, on exercises with invented wallets and exchanges.</p>
<h2>For whom</h2>
<p>Investigators of member agencies and analysts of partners who have followed money before, in whatever form. No
knowledge of programming is needed. Participation is free; travel is not paid.</p>
<h2>How to apply</h2>
<p>The coordinator of your organisation writes to the secretariat until the end of January, with one sentence on what you
hope to take home.</p>
"""

PROGRAMME = """Day,Morning,Afternoon
First,How a transaction is made and what it reveals,"Wallets, exchanges, and what they can tell you"
Second,"Mixers, bridges, and where a trace ends",Writing it down so that a court can follow"""
