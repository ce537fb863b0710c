"""The record in words: what its actions, kinds of processing, objects and payload keys are called on pages.

One table for the whole portal, although the actions belong to other apps: it holds words alone. An action that is not
here is shown by its dotted name; `tests/audit/test_words.py` finds those that the code records.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from efc_portal.audit.enums import Category

Text = str | Promise

CATEGORIES: dict[Category, Text] = {
    Category.COLLECTION: _("Collection"),
    Category.ALTERATION: _("Alteration"),
    Category.CONSULTATION: _("Consultation"),
    Category.DISCLOSURE: _("Disclosure"),
    Category.COMBINATION: _("Combination"),
    Category.ERASURE: _("Erasure"),
    Category.ACCESS: _("Sign-in, people and roles"),
    Category.OPERATION: _("Running the portal"),
}

ACTIONS: dict[str, Text] = {
    # submissions
    "submission.begin": _("Began a draft"),
    "submission.discard": _("Discarded a draft"),
    "submission.finish": _("Sent a submission"),
    "submission.screen": _("Screened the files"),
    "submission.normalise": _("Checked and encrypted the identifiers"),
    "submission.correlate": _("Compared it with what is known"),
    "submission.ask": _("Asked the submitter for more"),
    "submission.answer": _("Answered the secretariat"),
    "submission.message": _("Wrote to the secretariat"),
    "submission.accept": _("Accepted it into a case"),
    "submission.decline": _("Declined it"),
    "submission.list": _("Looked at a list of submissions"),
    "submission.view": _("Read the submission"),
    "submission.receipt": _("Opened the receipt"),
    "attachment.add": _("Added a file"),
    "attachment.remove": _("Removed a file"),
    "attachment.open": _("Opened a file"),
    "attachment.clean": _("Scanned a file: nothing found"),
    "attachment.infected": _("Scanned a file: malware, content destroyed"),
    "attachment.unscanned": _("Could not scan a file"),
    # cases
    "case.open": _("Opened a new case"),
    "case.combine": _("Added submissions to the case"),
    "case.refer": _("Drafted a referral of the case"),
    "case.note": _("Added a note"),
    "case.close": _("Closed the case"),
    "case.reopen": _("Opened the case again"),
    "case.consult": _("Stated why the case is consulted"),
    "case.list": _("Looked at a list of cases"),
    "case.view": _("Read the case"),
    # referrals
    "referral.draft": _("Drafted the referral"),
    "referral.revise": _("Changed the draft"),
    "referral.propose": _("Handed it over for approval"),
    "referral.return": _("Gave it back to be mended"),
    "referral.approve": _("Approved the referral"),
    "referral.withdraw": _("Withdrew the referral"),
    "referral.package": _("Built and encrypted the package"),
    "referral.deliver": _("Delivered the package"),
    "referral.download": _("Downloaded the package"),
    "referral.acknowledge": _("Acknowledged receipt"),
    "referral.accept": _("Accepted the referral"),
    "referral.decline": _("Declined the referral"),
    "referral.conclude": _("Reported the outcome"),
    "referral.release": _("Chose what submitters are told"),
    "referral.list": _("Looked at a list of referrals"),
    "referral.view": _("Read the referral"),
    # the public directory, and what visitors write
    "listing.change": _("Changed what the directory of partners says"),
    "message.receive": _("A visitor of the site wrote to the secretariat"),
    "message.view": _("Read a visitor’s message"),
    "message.answer": _("Marked a visitor’s message as answered"),
    "message.close": _("Closed a visitor’s message"),
    "message.mark": _("Marked a visitor’s message as spam"),
    "message.reopen": _("Opened a visitor’s message again"),
    "message.erase": _("Erased a visitor’s message"),
    "category.add": _("Added a category of news"),
    "category.change": _("Changed a category of news"),
    "category.remove": _("Removed a category of news"),
    "place.add": _("Added a place to report to"),
    "place.change": _("Changed a place to report to"),
    "place.remove": _("Removed a place to report to"),
    # people and organisations
    "session.start": _("Signed in"),
    "session.end": _("Signed out"),
    "session.refuse": _("Sign-in refused"),
    "session.move": _("Session went on at another address or browser"),
    "session.reauthenticate": _("Showed a factor again"),
    "session.revoke": _("Ended sessions"),
    "second_factor.add": _("Set up a second factor"),
    "second_factor.remove": _("Removed a second factor"),
    "second_factor.reset": _("Made new recovery codes"),
    "password.change": _("Changed the password"),
    "password.reset": _("Reset the password"),
    "user.create": _("Created a person"),
    "user.rename": _("Changed their own name"),
    "membership.start": _("Gave a person a place and roles"),
    "membership.change_roles": _("Changed a person’s roles"),
    "membership.end": _("Ended a person’s membership"),
    "organisation.admit": _("Admitted an organisation"),
    "organisation.change": _("Changed an organisation’s entry in the register"),
    "organisation.warn": _("Gave an organisation a time of grace"),
    "organisation.lapse": _("Gave an organisation a time of grace: its yearly review is overdue"),
    "organisation.restore": _("Made an organisation active again"),
    "organisation.renew": _("Made an organisation active again: its yearly review is done"),
    "organisation.suspend": _("Suspended an organisation"),
    "organisation.leave": _("Recorded that an organisation has left"),
    "domain.add": _("Added a mail domain"),
    "domain.remove": _("Took a mail domain away"),
    "contact.add": _("Named a contact"),
    "contact.remove": _("Took a contact away"),
    "agency.key_set": _("Entered an agency’s key"),
    "agency.key_confirm": _("Confirmed an agency’s key"),
    # people: invitations, roles, suspensions, lost second factors
    # applications to join
    # the memorandum
    # contributions in kind
    # standing: reviews and leaving
    # the register: exports and imports
    # mailings
    # single sign-on
    "identity_provider.propose": _("Proposed an identity provider"),
    "identity_provider.test": _("Tried an identity provider"),
    "identity_provider.activate": _("Confirmed an identity provider"),
    "identity_provider.withdraw": _("Withdrew an identity provider that was proposed"),
    "identity_provider.end": _("Ended signing in through an identity provider"),
    "identity_provider.revoke": _("Ended an organisation’s identity provider"),
    "identity_provider.enforce": _("Let people sign in through the identity provider alone"),
    "identity_provider.release": _("Let people sign in with passwords and passkeys as well"),
    "identity_provider.open_passwords": _("Opened passwords and passkeys for a day"),
    "sign_on.link": _("Signed in through an identity provider for the first time"),
    "sign_on.unlink": _("Forgot a person’s account at an identity provider"),
    # lists of known values
    "known_value.added": _("Put a value on a list of known values"),
    "known_value.ended": _("Took a value off a list of known values"),
    "known_value.defaults_loaded": _("Loaded the default known values"),
    # the public site
    "page.publish": _("Published a page"),
    "page.schedule": _("Scheduled a page"),
    "page.unpublish": _("Took a page off the site"),
    "page.move": _("Moved a page"),
    "page.delete": _("Deleted a page"),
    "page.submit": _("Submitted a page for approval"),
    "page.approve": _("Approved a page"),
    "page.return": _("Sent a page back with what to change"),
    "page.withdraw": _("Withdrew a page from approval"),
    "redirect.save": _("Made or changed a redirect"),
    "redirect.delete": _("Deleted a redirect"),
    "links.check": _("Began a check of the site’s links"),
    # running the portal
    "keys.rotate": _("Rotated the keys"),
    "keys.retire": _("Destroyed superseded keys"),
    "work.retry": _("Gave work that was set aside another chance"),
    # the record itself
    "audit.list": _("Looked at the record"),
    "audit.view": _("Looked at an entry of the record"),
    "audit.readers": _("Looked at who read an object"),
    "audit.export": _("Exported part of the record"),
    "audit.verify": _("Verified the record"),
}

OBJECT_TYPES: dict[str, Text] = {
    "submissions.submission": _("Submission"),
    "cases.case": _("Case"),
    "referrals.referral": _("Referral"),
    "accounts.user": _("Person"),
    "partners.organisation": _("Organisation"),
    "partners.membership": _("Membership"),
    "partners.agency": _("Agency"),
    "partners.identityprovider": _("Identity provider"),
    "indicators.knownvalue": _("Known value"),
    "contact.contactmessage": _("Message of a visitor"),
    "audit.auditevent": _("Entry of the record"),
    "workflow.workitem": _("Work"),
}

PAYLOAD: dict[str, Text] = {
    "from": _("From"),
    "to": _("To"),
    "reference": _("Reference"),
    "references": _("References"),
    "count": _("Number"),
    "size": _("Size in bytes"),
    "sha256": _("SHA-256"),
    "kind": _("Kind"),
    "reason_code": _("Reason"),
    "role": _("Role"),
    "roles": _("Roles"),
    "ids": _("Ids"),
    "until": _("Until"),
    "channel": _("Channel"),
    "key_ending": _("Key ends in"),
    "code": _("Code"),
    "codes": _("Codes"),
    "ip": _("Network address"),
    "device": _("Browser"),
    "block": _("Block"),
    "purpose": _("Purpose"),
    "release_at": _("Told from"),
    "truncated": _("Card numbers cut"),
    "filters": _("Filters"),
    "tlp": _("TLP"),
    "language": _("Language"),
    "title": _("Title"),
    "url": _("Address"),
    "finding": _("Finding"),
}


def action_text(action: str) -> str:
    return str(ACTIONS.get(action, action))


def category_text(category: str) -> str:
    return str(CATEGORIES.get(Category(category), category)) if category in set(Category) else category


def object_type_text(object_type: str) -> str:
    """“Page of the public site” for whatever the CMS holds; the bare model name for what has no words."""
    if object_type.startswith(("website.", "wagtailcore.")):
        return str(_("Page of the public site"))
    return str(OBJECT_TYPES.get(object_type, object_type.rpartition(".")[2]))
