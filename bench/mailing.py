"""A mailing of 2,000 letters, beside the same letters handed to the same mail server with nothing but smtplib."""

from __future__ import annotations

import smtplib
import time
from pathlib import Path

from bench.figures import Section, median
from bench.portal import TrialPortal
from bench.sink import PORT_FILE, sink_process
from efc_portal.accounts.models import User
from efc_portal.partners.enums import OrganisationKind, Role, Sector
from efc_portal.partners.mailings.enums import MailingStatus
from efc_portal.partners.mailings.letters import letter_of
from efc_portal.partners.mailings.segments import Segment, fingerprint
from efc_portal.partners.mailings.selectors import counts_of, people_meant
from efc_portal.partners.mailings.services import mailing_create, mailing_queue
from efc_portal.partners.models import Mailing, Membership, Organisation
from efc_portal.partners.services import organisation_create

NUMBER, ROUNDS = 2000, 3
PATIENCE_SECONDS = 120.0
AT_MOST_SECONDS = 60.0
MANAGER, COUNTRY = "katrin@efc.example", "MT"
BODY = (
    "Dear colleagues,\n\n" + "The coalition meets on 4 May at ten in the morning; the agenda is in the portal.\n" * 12
)


def measure(portal: TrialPortal) -> Section:
    section = Section(f"A mailing of {NUMBER:,}: queued and sent to a local sink")
    manager = User.objects.get(email=MANAGER)
    segment = Segment(organisations=(str(_people().pk),))
    place = Path(portal.folder) / PORT_FILE
    queued, sent, plain = [], [], []
    with sink_process() as port:
        place.write_text(str(port))
        place.chmod(0o644)
        try:
            for _ in range(ROUNDS):
                seconds, mailing = _queue(manager, segment)
                queued.append(seconds)
                sent.append(seconds + _sent(mailing))
                plain.append(_plain(mailing, port))
        finally:
            place.unlink()
    section.add("queued, with a row for each recipient", f"{median(queued):.2f} s", "one INSERT … SELECT")
    reference = median(plain)
    section.add("the same letters by smtplib alone", f"{reference:.1f} s", "the reference: one connection")
    ratio = median(sent) / reference
    section.add("queued and sent, at most once each", f"{median(sent):.1f} s", f"{ratio:.1f} × as long")
    slowest = max(sent)
    section.require(slowest < AT_MOST_SECONDS, f"A mailing of {NUMBER:,} took {slowest:.0f} s, more than a minute.")
    return section


def _people() -> Organisation:
    house = organisation_create(
        actor=None, name="Large House", kind=OrganisationKind.PARTNER, sector=Sector.FINANCIAL, country=COUNTRY
    )
    people = [
        User(email=f"many{number}@large.example", name=f"Many {number}", password="!") for number in range(NUMBER)
    ]
    User.objects.bulk_create(people)
    Membership.objects.bulk_create(
        [Membership(user=one, organisation=house, roles=[Role.COORDINATOR]) for one in people]
    )
    return house


def _queue(manager: User, segment: Segment) -> tuple[float, Mailing]:
    texts = {"en": {"subject": "The meeting in May", "body": BODY}}
    mailing = mailing_create(actor=manager, texts=texts, segment=segment)  # type: ignore[arg-type]
    people = fingerprint(people_meant(segment))
    began = time.perf_counter()
    mailing_queue(mailing=mailing, version=1, people=people, actor=manager)
    return time.perf_counter() - began, mailing


def _sent(mailing: Mailing) -> float:
    """Seconds until every letter is with the mail server, from the moment that the queue committed."""
    began = time.perf_counter()
    while Mailing.objects.filter(pk=mailing.pk).exclude(status=MailingStatus.SENT).exists():
        if time.perf_counter() - began > PATIENCE_SECONDS:
            raise RuntimeError("The mailing did not come to its end.")
        time.sleep(0.05)
    if (sent := counts_of(mailing)["sent"]) != NUMBER:
        raise RuntimeError(f"{sent} letters of {NUMBER} were sent.")
    return time.perf_counter() - began


def _plain(mailing: Mailing, port: int) -> float:
    """The same letters, written beforehand."""
    letters = [
        (one.address, letter_of(mailing, one).message().as_bytes().replace(b"\n", b"\r\n"))
        for one in mailing.recipients.select_related("user", "organisation")
    ]
    began = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as server:
        for address, data in letters:
            server.sendmail("portal@efc.invalid", [address], data)
    return time.perf_counter() - began
