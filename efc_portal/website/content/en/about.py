"""Who the coalition is."""

from __future__ import annotations

from efc_portal.website.content.piece import Facts, Piece, html
from efc_portal.website.models import HomePage, StandardPage


def pieces(facts: Facts) -> list[Piece]:
    return [
        Piece(
            "about",
            HomePage,
            StandardPage(
                title="About the coalition",
                slug="about",
                show_in_menus=True,
                search_description="Aims, way of working, governance and history of the European Financial Coalition.",
                introduction=(
                    "A voluntary alliance of those who can see the money, and those who can act on it, against the "
                    "commercial sexual exploitation of children online."
                ),
                body=[
                    ("text", html(AIMS)),
                    ("text", html(WORK)),
                    ("call_out", {"heading": "What the coalition is not", "text": html(NOT)}),
                    ("text", html(GOVERNANCE)),
                    ("text", "<h2>History</h2>"),
                    ("timeline", {"moments": [{"when": w, "title": t, "text": x} for w, t, x in HISTORY]}),
                    ("text", html(SISTERS)),
                ],
            ),
        ),
    ]


AIMS = """
<h2>Aims</h2>
<p>Whoever profits from the sexual exploitation of children needs a way to be paid. The coalition exists to leave as few
of these ways as possible.</p>
<ul>
<li><b>Make misuse hard.</b> Partners look at financial and technical products with one question: how could this be used
to pay for abuse, and how can that be prevented without harming anybody who uses it honestly?</li>
<li><b>Act together.</b> Financial services, technology companies and law enforcement pursue the same money from their
three sides, each within its own law.</li>
<li><b>Speak one language.</b> What partners report follows one data collection template, so that pieces from different
hands fit together.</li>
<li><b>Know what changes.</b> The coalition assesses how payments move and publishes what it learns.</li>
</ul>
"""

WORK = """
<h2>How it works</h2>
<p>A partner that meets a suspicious payment, merchant, wallet or account submits what it may share through this portal.
The secretariat checks it, joins it with what others have sent, and decides with two pairs of eyes whether it goes to
the law enforcement agency that is competent. The agency answers, and the answer travels back as far as it may.</p>
<p>Each piece carries handling marks that say who may see it and what may be done with it. They stay with it all the
way.</p>
"""

NOT = """
<p>It is not a hotline: <a href="/where-to-report/">the public reports elsewhere</a>. It does not replace a bank’s report
to its financial intelligence unit, nor a platform’s duty to tell the authorities at once when a life is in danger. And
it holds no images or videos: the portal takes financial and technical records only, and refuses everything else.</p>
"""

GOVERNANCE = """
<h2>Governance</h2>
<p>A <b>steering committee</b> with members from law enforcement, civil society, payment services and technology
companies sets the priorities. The <b>chair</b> represents the coalition. The <b>secretariat</b> runs the daily work:
it receives submissions, prepares referrals, looks after members and keeps this site.</p>
<p>Nobody in the coalition approves a referral that they drafted themselves, and every look at confidential data is
recorded.</p>
"""

HISTORY = (
    (
        "2006",
        "A first coalition in the United States",
        "Financial and technology companies join forces with child protection organisations; the idea crosses the ocean.",
    ),
    (
        "March 2009",
        "Launch of the European Financial Coalition",
        "Banks, payment firms, law enforcement and civil society agree to pursue the payments together.",
    ),
    (
        "November 2012",
        "A new start as a European project",
        "Thirty-six months with funding from the European Union, chaired by Europol’s European Cybercrime Centre, with a "
        "secretariat hosted by Missing Children Europe.",
    ),
    (
        "October 2013",
        "First strategic assessment",
        "How children are exploited online for commercial gain, and which ways of paying are used.",
    ),
    (
        "2015",
        "The assessment is updated",
        "Payments have begun to leave the traditional rails; live streaming and virtual currencies gain weight.",
    ),
    (
        "Since then",
        "A voluntary platform",
        "Members carry the coalition with contributions in kind.",
    ),
)

SISTERS = """
<h2>Sister coalitions</h2>
<p>Money crosses borders without effort. The coalition therefore keeps close to its sisters: the Financial Coalition
Against Child Sexual Exploitation (FCACSE) in the United States, at work since 2006, and the Asia-Pacific coalition
(APAC), founded in 2009.</p>
"""
