from django.conf import settings
import pytest
from tests.access_table import World
from tests.browser import IN_CHROMIUM, faults
from tests.cast import client_for
from tests.journeys.people import Person
from tests.factories import stages
from efc_portal.audit.seal import audit_seal
from efc_portal.partners.tasks import record_verify
from efc_portal.cases.services import case_consult
from efc_portal.audit.models import AuditEvent
pytestmark = IN_CHROMIUM

def test_look(browser, address):
    w = World(); c = w.cast
    case = w.case
    w.referral_delivered
    case_consult(case=case, justification="I stand in for a colleague who is on leave this week", actor=c.manager)
    c.client("manager").get(f"/cases/{case.pk}/")
    c.client("officer").get("/cases/triage/")
    c.client("investigator").get(f"/referrals/{w.referral_delivered.pk}/")
    audit_seal(); record_verify()
    client = client_for(c.auditor, fresh=True)
    person = Person(browser, c.auditor)
    person.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value, "url": address}])
    ev = AuditEvent.objects.filter(action="case.view").latest("pk")
    bad = {}
    for name, path in {"list":"/audit/","event":f"/audit/{ev.pk}/","readers":f"/audit/readers/?reference={case.entries.first().submission.reference}","export":"/audit/export/?person=olga","state":"/audit/state/","none":"/audit/?person=xyz","start":"/workspace/"}.items():
        person.page.set_viewport_size({"width":1280,"height":900})
        person.page.goto(address+path)
        person.page.screenshot(path=f"/tmp/ap-{name}.png", full_page=False)
        person.page.set_viewport_size({"width":390,"height":900})
        person.page.screenshot(path=f"/tmp/ap-{name}-phone.png", full_page=False)
        if f := faults(person.page): bad[name]=f
    assert not bad, bad
    assert person.heard == []
