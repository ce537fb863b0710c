"""Notices. Initial text for the secretariat and its lawyers to check before the site opens."""

from __future__ import annotations

from efc_portal.website.content.en.contact import address
from efc_portal.website.content.piece import Facts, Piece, html
from efc_portal.website.models import HomePage, StandardPage


def pieces(facts: Facts) -> list[Piece]:
    notices = (
        ("privacy", "Privacy notice", "What this site knows about you, why, and what you can ask for.", PRIVACY),
        (
            "accessibility",
            "Accessibility statement",
            "This site is for everybody. What we do for it, what does not work yet, and how to tell us.",
            ACCESSIBILITY,
        ),
        ("terms", "Terms of use", "On which terms you may use this site and what is published on it.", TERMS),
        ("imprint", "Imprint", "Who publishes this site, and who answers for what stands on it.", IMPRINT),
        (
            "security",
            "Security",
            "You have found a weakness of this portal. Thank you: this is how to tell us, and what we promise.",
            SECURITY,
        ),
    )
    return [
        Piece(
            slug,
            HomePage,
            StandardPage(
                title=title,
                slug=slug,
                introduction=introduction,
                show_in_footer=True,
                show_date=True,
                body=[("text", html(text.format(facts=facts, address=address(facts))))],
            ),
        )
        for slug, title, introduction, text in notices
    ]


PRIVACY = """
<h2>Who is responsible</h2>
{address}
<p>Questions, and requests about your data: <a href="/contact/?topic=data_protection">write to us</a>, or
<a href="mailto:{facts.email}">{facts.email}</a></p>

<h2>When you read this site</h2>
<p>The public pages set no cookie unless you choose a language at the sign-in, load nothing from anybody else, and follow
nobody. Therefore there is no banner to click away. How often a report is downloaded may be counted: a number for each
file, without anything about who took it. The server needs your network address to answer you; it may keep a technical record of requests (address,
time, page) to detect and trace attacks. That is our legitimate interest (Article 6(1)(f) of the General Data Protection
Regulation). How long such records are kept depends on the operator of the server, and we tell you on request.</p>

<h2>When you write to us</h2>
<p>The contact form asks for your name, your e-mail address and your message. We use them to answer you, and for nothing
else; that is our legitimate interest and yours (Article 6(1)(f)). They are stored encrypted, under a key of their own for
each message. Officers and managers of the secretariat read them, and each reading is recorded. After twelve months, or
earlier if you ask, the key is destroyed, and with it what you wrote; the reference, the topic and the dates remain.
Payment card numbers are cut before anything is stored.</p>
<p>To keep machines from flooding the form, the portal remembers for an hour how many messages came from a network
address. It keeps a scrambled form of the address, from which the address cannot be read, and nothing else.</p>
<p>Mail that you send without the form is kept as long as the matter needs.</p>

<h2>When your organisation is named</h2>
<p>The directory of partners names organisations, not people. Each organisation decides whether it is shown and what is
said about it.</p>

<h2>When you sign in</h2>
<p>People of partner organisations, agencies and the secretariat have accounts. We hold their name, e-mail address,
organisation, roles, language, second factors, and when and from which device they signed in. Two cookies are strictly
necessary: one carries the session, one protects forms against misuse; a third remembers the language you choose. What
people do with confidential data is recorded, because the law asks for it and because those whom the data is about
deserve it.</p>

<h2>What partners submit</h2>
<p>Submissions may contain data about people who are suspected of crimes, about victims and about people who have nothing
to do with them. They are shared on the legal basis that each partner has agreed in writing, seen by those who need to
know, sent to the competent authority only, stored encrypted, and erased when the period for their kind of data has
passed. Data for law enforcement falls under the national laws that follow Directive (EU) 2016/680.</p>

<h2>Your rights</h2>
<p>You may ask which data about you we hold, have it corrected or erased, restrict or object to its use, and complain to
the data protection authority of your country. Where an answer would endanger an investigation or another person, the
law lets us restrict it; you can then ask the authority to check for you.</p>
"""

ACCESSIBILITY = """
<h2>What we aim for</h2>
<p>The portal aims to conform to the Web Content Accessibility Guidelines (WCAG) 2.2 at level AA and to the European
standard EN 301 549. Every page works with the keyboard alone, without JavaScript, at 320 pixels’ width and with text at
twice its size, in light, dark and high-contrast modes. Charts come with the table of their figures. Reports that the
coalition makes are tagged PDF files.</p>

<h2>How we checked</h2>
<p>Each page type is tested automatically with axe-core in Chromium at widths of 320, 768 and 1280 pixels, light and dark,
whenever the software changes, and so is text at twice its size and use without JavaScript. Automatic tests find a part
of the barriers only. An independent audit, and tests with people who use assistive technology, have not taken place
yet.</p>

<h2>What does not work yet</h2>
<ul>
<li>Documents that others wrote, and that we publish with their consent, may not be tagged.</li>
<li>Names of hotlines and helplines are in the language of their country, and so are the pages they lead to.</li>
<li>Not every page exists in every language.</li>
</ul>

<h2>Tell us</h2>
<p>You met a barrier, or need a document in another form? <a href="/contact/?topic=accessibility">Write to us</a>, or to
<a href="mailto:{facts.email}">{facts.email}</a>, and say which page it is and what did not work. We answer within ten working days. If the answer does not help you, the
body that enforces accessibility law in your country can.</p>
"""

TERMS = """
<h2>Using what is published here</h2>
<p>You may quote, copy and share texts, figures and reports of the coalition, unchanged and with their source, unless a
document says otherwise. What partners or authors contributed under their own name remains theirs.</p>

<h2>What it is worth</h2>
<p>Reports and guidance are written with care and describe what was known at their date. They are not legal advice and
do not replace the duties that the law gives to your institution.</p>

<h2>Links</h2>
<p>We choose links to other sites with care, but do not answer for what stands there.</p>

<h2>The workspace</h2>
<p>Signing in is for people to whom the secretariat or their organisation gave an account. Accounts are personal. What
is seen in the workspace is used for the purpose it was shared for and within its handling marks.</p>
"""

IMPRINT = """
<h2>Publisher</h2>
{address}
<p><a href="mailto:{facts.email}">{facts.email}</a></p>

<h2>Responsible for the content</h2>
<p>The secretariat of the {facts.coalition}. What stands in the directory about a partner, the partner has written.</p>

<h2>A mistake</h2>
<p>If something on this site is wrong, <a href="/contact/?topic=correction">tell us</a>. We correct it and say so where it
matters.</p>

<h2>What the site is made of</h2>
<p>The software is made for the coalition and stands on open-source software, whose licences come with it. The typefaces
are Source Serif 4 and Source Sans 3, under the Open Font License.</p>
"""

SECURITY = """
<h2>How to report a weakness</h2>
<p>Write to <a href="mailto:{facts.security_email}">{facts.security_email}</a>. Describe what you found, where, and how
we can see it ourselves. English is best; any language of the European Union will do. The address, and how long it
stands, is also in <a href="/.well-known/security.txt">security.txt</a>. Please do not use the contact form for it.</p>

<h2>What it covers</h2>
<p>This portal: the public site, the workspace, and its interfaces. Not covered are the sites that it links to, mail
servers and networks of the operator, and findings without a way to do harm, such as a missing header on a public
page.</p>

<h2>What we promise</h2>
<ul>
<li>We confirm that we received your report within three working days and say what we think of it within ten.</li>
<li>We tell you when it is mended, and name you if you wish.</li>
<li>We take no legal steps against anybody who keeps to this page.</li>
</ul>
<p>There is no payment for reports: the coalition lives on contributions in kind.</p>

<h2>What we ask</h2>
<ul>
<li>Stop where you see data of people or cases. Do not copy it, and tell us at once.</li>
<li>Do not slow the portal down, do not deceive or pester its people, and do not enter buildings.</li>
<li>Give us ninety days to mend it before you publish, or agree on another date with us.</li>
</ul>
"""
