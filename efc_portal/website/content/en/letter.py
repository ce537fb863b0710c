"""The chair's welcome letter."""

from __future__ import annotations

from datetime import date

from efc_portal.website.content.piece import Facts, Piece, html
from efc_portal.website.models import ChairLetterPage, HomePage


def pieces(facts: Facts) -> list[Piece]:
    return [
        Piece(
            "letter",
            HomePage,
            ChairLetterPage(
                title="A letter from the chair",
                slug="chairs-letter",
                search_description="The chair of the coalition on following the money, and on why the pursuit never stops.",
                date=date(2026, 11, 2),
                opening=(
                    "Behind every payment for the sexual exploitation of a child stands a child. "
                    "That is where this coalition begins, and it is why we follow the money."
                ),
                body=html(BODY),
                signed_by=facts.chair,
                signed_as=f"Chair of the {facts.coalition}",
            ),
        )
    ]


BODY = """
<p>Dear reader,</p>

<p>Behind every payment for the sexual exploitation of a child stands a child. That is where this coalition begins,
and it is why we follow the money. Whoever sells abuse wants to be paid, and every payment leaves a trace with
somebody: a bank sees an account, a payment firm a merchant, a platform a user, an investigator a name. None of them
sees enough alone.</p>

<p>The coalition brings them to one table. Financial services, technology companies, civil society and law enforcement
lay side by side what each may lawfully share, until the pieces show something that an agency can act on. What came of
it travels back to those who gave the first piece.</p>

<p>Much has changed since the beginning. When the coalition was launched in 2009, abuse was paid for as anything else
is, by bank transfer and by credit card. Merchant by merchant and account by account, partners have closed those ways,
and the money has left the regulated rails almost completely. It has not stopped. It has moved to virtual currencies,
to prepaid and anonymous cards, to whatever asks the fewest questions. I call this neither a defeat nor a victory. A
way of paying that is slower and riskier is a burden on those who harm children. But the pursuit never stops, because
the money does not either, and each way that closes tells us where to look for the next.</p>

<p>To take part is voluntary, and it is a contribution in kind. Nobody pays a fee and nobody is paid. Partners bring
what is worth more: an analyst’s afternoon, a pattern that somebody noticed, a tool, a day of training, the readiness
to pick up the telephone. They receive knowledge in return: which patterns recur, which products are misused, and how
to build the next one so that it is harder to misuse.</p>

<p>If your institution is not yet with us, look at what your systems already know, and then write to the secretariat.
And if you came here because of something you have seen on the internet, please turn to your national hotline or to
the police today. They can help at once, and you may remain anonymous.</p>

<p>To all who give their time to this work, most of it unseen: thank you.</p>
"""
