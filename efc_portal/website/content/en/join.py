"""How to join the coalition."""

from __future__ import annotations

from efc_portal.website.content.piece import Facts, Piece, html
from efc_portal.website.models import HomePage, JoinPage


def pieces(facts: Facts) -> list[Piece]:
    return [
        Piece(
            "join",
            HomePage,
            JoinPage(
                title="Join",
                slug="join",
                show_in_menus=True,
                search_description="Who can join the European Financial Coalition, what is expected, and how to apply.",
                introduction=(
                    "Taking part is voluntary and free of charge. Partners contribute in kind: time, knowledge, tools "
                    "and data that they may lawfully share."
                ),
                body=[
                    ("text", html(JOIN)),
                    (
                        "call_out",
                        {"heading": "Please send no case material with an application", "text": html(NO_MAIL)},
                    ),
                ],
                steps_heading="The way in",
                steps=[("step", {"title": t, "duration": d, "text": x}) for t, d, x in STEPS],
                questions=[("question", {"question": q, "answer": html(a)}) for q, a in QUESTIONS],
            ),
        ),
    ]


JOIN = """
<h2>Who can join</h2>
<ul>
<li><b>Financial services:</b> banks, payment and card companies, money transfer services, e-wallets and providers of
virtual-asset services.</li>
<li><b>Technology:</b> hosting, platforms, marketplaces, registries, security and analytics.</li>
<li><b>Civil society:</b> organisations that protect children or support survivors.</li>
<li><b>Law enforcement and public authorities:</b> police, prosecution, financial intelligence units.</li>
<li><b>Academia:</b> universities and research institutes.</li>
</ul>

<h2>What is expected</h2>
<p>There is no fee, and no partner is paid. A contribution is made in kind, and each partner decides which one fits:</p>
<ul>
<li>reports through the portal, as far as your law allows;</li>
<li>analysts’ time for joint work on patterns and typologies;</li>
<li>training, tools, test environments or meeting rooms;</li>
<li>a fair hearing for the coalition’s advice when you design products.</li>
</ul>
<p>In turn, partners learn what came of their reports as far as it may be told, receive the coalition’s assessments and
guidance, and find colleagues who face the same questions.</p>
"""

STEPS = (
    (
        "You write to us",
        "Half an hour",
        "Say who you are, in which country you are established, who supervises you if anybody does, what you could "
        "contribute, and whom we can call.",
    ),
    (
        "We talk",
        "Within two weeks",
        "The secretariat answers your questions, hears what you can contribute, and checks that the organisation is "
        "what it says.",
    ),
    (
        "We agree in writing",
        "Four to eight weeks",
        "On the legal basis for sharing, on handling marks and on confidentiality. Most of this time is your own legal "
        "department’s.",
    ),
    (
        "Your people get access",
        "Two days",
        "Each has an account of their own with a second factor, and sees what their role and your organisation’s place "
        "allow.",
    ),
    (
        "You take part",
        "From then on",
        "You decide what to report and whether the public directory names you. You can leave at any time.",
    ),
)

QUESTIONS = (
    (
        "May we share data at all?",
        "<p>That depends on your law and your role, and the agreement says on which basis. Nobody is expected to share more "
        "than the law allows. Information from a suspicious transaction report needs the consent of your financial "
        "intelligence unit.</p>",
    ),
    (
        "Does a report to the coalition replace the report to our authority?",
        "<p>No. The report to your financial intelligence unit, and a platform’s duty to tell the authorities of a threat "
        "to life, come first and remain.</p>",
    ),
    (
        "Will it be known that we take part?",
        "<p>You decide. Your organisation can stand in the public directory of partners or stay out of it, and can change "
        "that at any time.</p>",
    ),
    (
        "What does it cost?",
        "<p>No fee is paid, in either direction. What it takes is the time of the people you send.</p>",
    ),
    (
        "What technology do we need?",
        "<p>A current browser. Each of your people signs in with a second factor: an authenticator app or a security "
        "key.</p>",
    ),
    (
        "Can we leave?",
        "<p>Yes, at any time. Accounts end at once; what you sent remains under the handling marks you gave it, until the "
        "period for its kind of data is over.</p>",
    ),
)

NO_MAIL = """
<p>An application needs no details of customers, cases or suspicions. Once you are a partner, the portal is the place
for them. Images and videos of abuse must never be sent to the coalition by any way.</p>
"""
