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
    "submission.hand_over": _("Handed it over to a colleague"),
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
    "invitation.create": _("Invited a person"),
    "invitation.resend": _("Sent an invitation again"),
    "invitation.withdraw": _("Withdrew an invitation"),
    "invitation.accept": _("Accepted an invitation"),
    "invitation.lapse": _("An invitation lapsed"),
    "user.return": _("A former person came back, without the second factors of before"),
    "membership.suspend": _("Suspended a person"),
    "membership.lift": _("Lifted a person’s suspension"),
    "factor_reset.ask": _("Asked that a lost second factor is taken off"),
    "factor_reset.approve": _("Approved that a lost second factor is taken off"),
    "factor_reset.do": _("Took a lost second factor off"),
    "factor_reset.refuse": _("Refused to take a second factor off"),
    "factor_reset.cancel": _("Cancelled that a second factor is taken off"),
    "factor_reset.stop": _("Stopped that their second factor is taken off"),
    "factor_reset.lapse": _("The wish to take a second factor off lapsed"),
    # applications to join
    "application.start": _("Began an application to join"),
    "application.open": _("Opened the application by a link"),
    "application.discard": _("Deleted the draft of an application"),
    "application.expire": _("Deleted the draft of an application that nobody touched"),
    "application.submit": _("Sent the application"),
    "application.begin": _("Began the vetting"),
    "application.check": _("Recorded an item of the checklist"),
    "application.ask": _("Asked the applicant a question"),
    "application.answer": _("The applicant wrote"),
    "application.sponsor_ask": _("Asked a member to be the sponsor"),
    "application.sponsor_confirm": _("Confirmed to be the sponsor"),
    "application.sponsor_decline": _("Declined to be the sponsor"),
    "application.consult": _("Opened the application for comments"),
    "application.comment": _("Commented on the application"),
    "application.close_comments": _("Ended the time for comments early"),
    "application.call": _("Called the committee to vote"),
    "application.vote": _("Voted on the application"),
    "application.approve": _("Approved the application"),
    "application.admit": _("Approved the application of a law enforcement agency"),
    "application.decline": _("Declined the application"),
    "application.withdraw": _("Withdrew the application"),
    "application.activate": _("Made the applicant a member"),
    "application.view": _("Read the application"),
    "application.erase": _("Erased what was written in an application"),
    # the memorandum
    "agreement.draft": _("Drafted a version of the memorandum"),
    "agreement.discard": _("Discarded a draft of the memorandum"),
    "agreement.publish": _("Published a version of the memorandum"),
    "agreement.supersede": _("A newer version of the memorandum took this one’s place"),
    "agreement.ask": _("Asked members to accept the memorandum"),
    "acceptance.ask": _("Asked an applicant to accept the memorandum"),
    "acceptance.link": _("Had the link to the memorandum mailed again"),
    "acceptance.sign": _("An applicant’s signatory accepted the memorandum"),
    "acceptance.accept": _("Accepted the memorandum"),
    "acceptance.countersign": _("Countersigned the memorandum"),
    "acceptance.withdraw": _("Stopped asking for the memorandum"),
    "acceptance.lapse": _("Stopped asking for an earlier version of the memorandum"),
    "acceptance.assign": _("Gave an applicant’s acceptance to the new member"),
    "acceptance.receipt": _("Opened the receipt of an acceptance"),
    # contributions in kind
    "contribution.record": _("Recorded a contribution in kind"),
    "contribution.withdraw": _("Withdrew a contribution in kind"),
    "contribution.export": _("Exported the organisation’s contributions"),
    # standing: reviews and leaving
    # the register: exports and imports
    # mailings
    # single sign-on
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
    "partners.application": _("Application to join"),
    "partners.invitation": _("Invitation"),
    "partners.factorreset": _("Reset of a second factor"),
    "indicators.knownvalue": _("Known value"),
    "partners.agreementversion": _("Version of the memorandum"),
    "partners.contribution": _("Contribution in kind"),
    "partners.acceptance": _("Acceptance of the memorandum"),
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
