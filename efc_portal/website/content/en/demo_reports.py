"""Invented reports for a demonstration. Every one says that its figures are invented."""

from __future__ import annotations

from typing import Any

from efc_portal.website.content.demo import report_piece
from efc_portal.website.content.paper import PaperWords
from efc_portal.website.content.piece import Facts, Piece

INVENTED = {
    "heading": "For demonstration only",
    "text": "<p>This report and every figure in it are invented, to show how the site presents a real one.</p>",
}

SHARES = """Year,Bank transfer and card,Money transfer,Prepaid and gift cards,Virtual currency
2012,62,20,10,8
2014,48,22,14,16
2016,33,22,19,26
2018,22,20,21,37
2020,14,18,22,46
2022,10,16,21,53
2024,8,14,20,58
2026,6,13,19,62"""

CARDS = """Sign,Reports in which it was seen
Bought and redeemed in different countries,41
Many small cards instead of a large one,33
Redeemed within ten minutes,27
Bought at night in unattended sale,12"""


WORDS = PaperWords(
    coalition="European Financial Coalition",
    findings="Key findings",
    figures="The figures",
    citation="Suggested citation:",
    data="Data",
)


def pieces(facts: Facts) -> list[Piece]:
    return [report_piece(WORDS, INVENTED, **report) for report in REPORTS]


REPORTS: tuple[dict[str, Any], ...] = (
    {
        "slug": "strategic-assessment-2026",
        "title": "Payments and displacement",
        "edition": "Edition 2026",
        "data_name": "Payments and displacement: figures",
        "summary": (
            "What partners saw this year: where payments for the sexual exploitation of children went when other ways "
            "were closed, what that costs those who profit, and where to look next."
        ),
        "findings": (
            (
                "Cards and transfers have become the exception",
                "Six of a hundred reported payments still use a bank transfer or a credit card. They are larger than "
                "the others, and nearly always go to a merchant that sells something else.",
            ),
            (
                "Virtual currency is where most of the money goes",
                "Two thirds of it can be followed to an exchange that knows its customer. The rest ends at services "
                "that mix, bridge or never ask.",
            ),
            (
                "Gift cards are the small change",
                "Low values, quick redemption, another country. Issuers see the pattern if they compare two dates and "
                "two places.",
            ),
        ),
        "chart": {
            "title": "Reported payments by method",
            "kind": "shares",
            "cells": SHARES,
            "unit": "%",
            "caption": "Pushed out of bank and card payments, the money moves.",
            "source": "Demonstration data",
            "illustration": True,
        },
        "text": """
<h2>What this report is based on</h2>
<p>Partners submit what they see with one data collection template. The assessment counts payments in submissions that
became part of a case, by the method that the partner named, and compares every second year.</p>
<h2>How to read the shares</h2>
<p>They describe what was seen, not what exists. A method that partners watch closely shows more of itself; one that
nobody watches seems rare. A shift over several years says more than a single figure.</p>
""",
    },
    {
        "slug": "prepaid-and-gift-cards",
        "title": "Prepaid and gift cards: what issuers can see",
        "edition": "Version 1",
        "data_name": "Signs seen with prepaid and gift cards",
        "summary": (
            "Guidance for issuers and retailers: which combinations of signs deserve a second look, how to look "
            "without reading anybody’s purchases, and what to report."
        ),
        "findings": (
            ("No single sign suffices", "Each is common among honest customers. Three together are rare."),
            (
                "Time and place are enough",
                "Most useful comparisons need the moment and the country, and nothing about the goods.",
            ),
            (
                "A short report is a good report",
                "The numbers of the cards, the two moments and the two places let an agency begin.",
            ),
        ),
        "chart": {
            "title": "Signs seen in reports on prepaid and gift cards",
            "kind": "bars",
            "cells": CARDS,
            "unit": "",
            "caption": "A report can name several signs.",
            "source": "Demonstration data",
            "illustration": True,
        },
        "text": """
<h2>Who this is for</h2>
<p>Issuers of prepaid and gift cards, retailers that sell them, and platforms that take them in payment.</p>
<h2>What to do first</h2>
<ol>
<li>Write down which moments and places your systems keep, and for how long.</li>
<li>Ask your data protection officer on which legal basis they may be compared.</li>
<li>Decide who looks, and to whom they report: your financial intelligence unit first.</li>
</ol>
""",
    },
    {
        "slug": "strategic-assessment-2024",
        "title": "Payments and displacement",
        "edition": "Edition 2024",
        "data_name": "Payments and displacement 2024: figures",
        "summary": (
            "Where payments for the sexual exploitation of children went two years ago: more than half of them to "
            "virtual currency, a fifth to prepaid and gift cards."
        ),
        "findings": (
            (
                "Virtual currency has overtaken everything else",
                "For the second time in a row more than half of the reported payments were made with it.",
            ),
            (
                "Money transfer falls slowly",
                "It is still used where neither side holds an account, and leaves two places that can be compared.",
            ),
        ),
        "chart": {
            "title": "Reported payments by method until 2024",
            "kind": "shares",
            "cells": SHARES.rpartition("\n")[0],
            "unit": "%",
            "caption": "The same figures as in the later edition, without its last row.",
            "source": "Demonstration data",
            "illustration": True,
        },
        "text": """
<h2>What this report is based on</h2>
<p>Submissions of partners that became part of a case, counted by the method that the partner named.</p>
""",
    },
)
