"""How to join the coalition."""

from __future__ import annotations

from efc_portal.website.content.piece import Facts, Piece, html
from efc_portal.website.models import HomePage, StandardPage


def pieces(facts: Facts) -> list[Piece]:
    return [
        Piece(
            "join",
            HomePage,
            StandardPage(
                title="Join",
                slug="join",
                show_in_menus=True,
                search_description="Who can join the European Financial Coalition, what is expected, and how to apply.",
                introduction=(
                    "Taking part is voluntary and free of charge. Partners contribute in kind: time, knowledge, tools "
                    "and data that they may lawfully share."
                ),
                body=[
                    ("text", html(JOIN.format(email=facts.email))),
                    ("call_out", {"heading": "Please send no case material by e-mail", "text": html(NO_MAIL)}),
                ],
            ),
        ),
    ]


JOIN = """
<h2>Who can join</h2>
<ul>
<li>banks, payment and card companies, money transfer services, e-wallets and providers of virtual-asset services;</li>
<li>technology companies: hosting, platforms, marketplaces, registries, security and analytics;</li>
<li>civil society organisations that protect children or support survivors;</li>
<li>law enforcement agencies, financial intelligence units and other public authorities;</li>
<li>universities and research institutes.</li>
</ul>

<h2>What is expected</h2>
<p>There is no fee, and no partner is paid. A contribution is made in kind, and each partner decides which one fits:</p>
<ul>
<li>reports through the portal, as far as your law allows;</li>
<li>analysts’ time for joint work on patterns and typologies;</li>
<li>training, tools, test environments or meeting rooms;</li>
<li>a fair hearing for the coalition’s advice when you design products.</li>
</ul>
<p>In turn, partners learn what came of their reports, receive the coalition’s assessments and guidance, and find
colleagues who face the same questions.</p>

<h2>How to apply</h2>
<ol>
<li><b>Write to the secretariat</b> at <a href="mailto:{email}">{email}</a>. Say who you are, in which country you are
established, who supervises you if anybody does, what you could contribute, and whom we can call.</li>
<li><b>We talk.</b> The secretariat answers your questions and checks that the organisation is what it says.</li>
<li><b>We agree in writing</b> on the legal basis for sharing, on handling marks and on confidentiality.</li>
<li><b>Your people get access.</b> Each has an account of their own with a second factor, and sees what their role and
your organisation’s place allow.</li>
</ol>
"""

NO_MAIL = """
<p>An application needs no details of customers, cases or suspicions. Once you are a partner, the portal is the place
for them. Images and videos of abuse must never be sent to the coalition by any way.</p>
"""
