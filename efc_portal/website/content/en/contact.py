"""Where the public turns to."""

from __future__ import annotations

from efc_portal.website.content.piece import Facts, Piece, html
from efc_portal.website.models import ContactPage, HomePage, WhereToReportPage


def pieces(facts: Facts) -> list[Piece]:
    return [
        Piece(
            "where-to-report",
            HomePage,
            WhereToReportPage(
                title="Where to report",
                slug="where-to-report",
                show_in_footer=True,
                search_description=(
                    "Hotlines, police and helplines by country, for reporting the sexual exploitation of children seen "
                    "on the internet."
                ),
                introduction=(
                    "The coalition takes no reports from the public. These places do, and they can act faster than "
                    "we could."
                ),
                body=[("text", html(REPORT))],
            ),
        ),
        Piece(
            "contact",
            HomePage,
            ContactPage(
                title="Contact",
                slug="contact",
                show_in_footer=True,
                search_description="How to write to the secretariat of the European Financial Coalition.",
                introduction="The secretariat answers questions about the coalition, its reports and membership.",
                body=[("text", html(CONTACT.format(facts=facts, address=address(facts))))],
            ),
        ),
    ]


def address(facts: Facts) -> str:
    """The secretariat's postal address, when the deployment has given one."""
    return f"<p>{facts.secretariat}<br/>{facts.address}</p>" if facts.address else f"<p>{facts.secretariat}</p>"


REPORT = """
<h2>You saw abuse of a child on the internet</h2>
<p>Tell the <b>hotline of your country</b>. Hotlines belong to the INHOPE network; they check what you report, have it
removed and inform the police. You may stay anonymous. Or tell the <b>police</b> directly.</p>

<h2>What to report, and how</h2>
<ul>
<li>Note the address of the page, the name of the app or the user’s name, and when you saw it.</li>
<li>Do not save, photograph or forward the images: in most countries that is an offence, even with good intent.</li>
<li>Do not try to contact or to test the person behind it.</li>
</ul>

<h2>Somebody demands money or images from a child</h2>
<p>Do not pay, keep the messages and the payment details, and go to the police: an account or a wallet is often the
shortest way to the offender. The child has done nothing wrong and can get help; <b>116 111</b> is the helpline for
children and young people in many European countries.</p>

<h2>You work for a bank, a payment firm or a platform</h2>
<p>Your legal duties come first: the report to your financial intelligence unit, or to the authority of your country.
What you may share beyond them is what the coalition is for: <a href="/join/">how to join</a></p>
"""

CONTACT = """
<h2>Secretariat</h2>
{address}
<p><a href="mailto:{facts.email}">{facts.email}</a></p>

<h2>Before you write</h2>
<ul>
<li>To report something you have seen on the internet, see <a href="/where-to-report/">where to report</a>.</li>
<li>To become a partner, see <a href="/join/">how to join</a>.</li>
<li>To tell us about a weakness of this site, see <a href="/security/">security</a>.</li>
<li>To ask what we hold about you, or to have it corrected, see <a href="/privacy/">privacy</a>.</li>
</ul>
<p>Please do not send details of cases or of people, and never images. Partners and agencies use the portal.</p>
"""
