"""Writes to invitations: sent, sent again, withdrawn, accepted, lapsed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from efc_portal.accounts.models import User
from efc_portal.accounts.services import sessions_end
from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.addresses import address_canonical, address_skeleton, domain_of
from efc_portal.core.errors import ApplicationError, Conflict
from efc_portal.core.pan import truncate_pans
from efc_portal.core.permissions import Permission
from efc_portal.core.tokens import token_read, token_use, tokens_revoke
from efc_portal.notifications.services import mail_invitation_accepted, mail_invitation_unusual
from efc_portal.partners.enums import InvitationStatus, Role
from efc_portal.partners.models import Invitation, Membership, Organisation
from efc_portal.partners.people.rules import is_for_members, manager_check, may_manage, roles_allowed
from efc_portal.partners.people.transitions import INVITATION
from efc_portal.partners.permissions import access_of
from efc_portal.partners.selectors import people_who_may
from efc_portal.partners.services import membership_start, person_create, roles_checked
from efc_portal.workflow.services import work_enqueue
from efc_portal.workflow.transitions import Person

PURPOSE = "invitation"
LIFETIME = timedelta(days=7)


class NearlyTheSame(ApplicationError):
    """The address differs from somebody's by dots or a `+tag` only. It can be confirmed that it is another person."""


@transaction.atomic
def invitation_create(
    *,
    actor: Person | None,
    organisation: Organisation,
    email: str,
    name: str,
    roles: Iterable[str],
    language: str = "en",
    outside_reason: str = "",
    is_somebody_else: bool = False,
) -> Invitation:
    """Offer a place in an organisation to an address; the workflow sends the link.

    `outside_reason` lets the secretariat invite an address at a foreign domain, `is_somebody_else` confirms that an
    address that is nearly somebody's belongs to another person. Without an actor: by a command. Raises
    `ApplicationError` with what is wrong with the address, `NearlyTheSame` for what needs that confirmation, and
    `NotPermitted` when somebody else looks after these people, or gives these roles.
    """
    manager_check(actor, organisation.pk)
    if not organisation.is_active:
        raise ApplicationError(
            _("%(organisation)s is not active at present, so nobody can be invited to it."), organisation=organisation
        )
    name = " ".join(truncate_pans(name)[0].split())[:150]
    if not name:
        raise ApplicationError(_("Give the name of the person you invite."))
    given = roles_checked(organisation, roles_allowed(actor=actor, organisation=organisation, roles=roles))
    address = address_canonical(email)
    reason = truncate_pans(outside_reason.strip())[0]
    is_outside = _domain_check(actor, organisation, address, reason)
    _person_check(actor, organisation, address)
    _open_check(organisation, address)
    if not is_somebody_else:
        _nearly_check(address)
    try:
        with transaction.atomic():
            invitation = Invitation.objects.create(
                organisation=organisation,
                email=address,
                name=name,
                roles=given,
                language=language if language in dict(settings.INTERFACE_LANGUAGES) else "en",
                outside_reason=reason if is_outside else "",
                invited_by_id=actor.pk if actor else None,
                expires_at=timezone.now() + LIFETIME,
            )
    except IntegrityError as error:
        raise Conflict(_("Somebody else invited this address just now. Reload the page.")) from error
    audit_record(
        action="invitation.create",
        category=Category.ACCESS,
        actor=actor,
        obj=invitation,
        recipient=address,
        justification=invitation.outside_reason,
        roles=given,
    )
    work_enqueue("invitation.send", invitation.pk)
    if actor is not None and (invitation.outside_reason or Role.MANAGER in given):
        _unusual_tell(actor, invitation)
    return invitation


def _unusual_tell(actor: Person, invitation: Invitation) -> None:
    """Nobody brings a second account of their own into the secretariat, or an agency, without colleagues hearing."""
    others = [one for one in people_who_may(Permission.MEMBERS_MANAGE) if one.pk != actor.pk]
    mail_invitation_unusual(others, path=reverse("people_of", args=[invitation.organisation_id]))


@transaction.atomic
def invitation_resend(*, actor: Person | None, invitation: Invitation) -> None:
    """Send a new link, good for another seven days; the one sent before opens nothing any more.

    Whoever sends it again vouches for it from then on.
    """
    manager_check(actor, invitation.organisation_id)
    until = timezone.now() + LIFETIME
    by = actor.pk if actor else None
    still_open = Invitation.objects.filter(pk=invitation.pk, status=InvitationStatus.OPEN)
    if not still_open.update(expires_at=until, sent_at=None, invited_by_id=by):
        raise Conflict(_("This invitation is not open any more. Reload the page."))
    invitation.expires_at, invitation.sent_at, invitation.invited_by_id = until, None, by
    tokens_revoke(purpose=PURPOSE, subject_id=invitation.pk)
    audit_record(
        action="invitation.resend",
        category=Category.ACCESS,
        actor=actor,
        obj=invitation,
        recipient=invitation.email,
    )
    work_enqueue("invitation.send", invitation.pk)


@transaction.atomic
def invitation_withdraw(*, actor: Person, invitation: Invitation) -> None:
    """Take an offer back: the link that was sent opens nothing any more."""
    manager_check(actor, invitation.organisation_id)
    INVITATION.move(invitation, "withdraw", actor=actor, category=Category.ACCESS)
    tokens_revoke(purpose=PURPOSE, subject_id=invitation.pk)


def invitation_read(token: str) -> Invitation:
    """The invitation that a link offers. Raises `TokenRefused`, or `ApplicationError` when it stands no more."""
    return _standing(token_read(token, purpose=PURPOSE).subject_id)


def _standing(pk: UUID) -> Invitation:
    invitation = Invitation.objects.select_related("organisation", "invited_by").filter(pk=pk).first()
    if invitation is None or not _stands(invitation):
        raise ApplicationError(
            _("This invitation does not stand any more. Ask whoever invited you, or the secretariat.")
        )
    return invitation


def _stands(invitation: Invitation) -> bool:
    """Whether an offer holds now: whoever made it still could, and the address is still one of the organisation's."""
    if invitation.status != InvitationStatus.OPEN or not invitation.organisation.is_active:
        return False
    if invitation.invited_by and not may_manage(invitation.invited_by, invitation.organisation_id):
        return False
    domains = invitation.organisation.domains.filter(name=domain_of(invitation.email))
    return bool(invitation.outside_reason) or domains.exists()


@transaction.atomic
def invitation_accept(*, token: str, name: str, language: str, password: str | None = None) -> User:
    """Use the link up, and give back the person who now has the place. Of two at once, one gets `TokenRefused`.

    Who was here before, and belongs to no organisation any more, has the same account again: with the password given
    now or none, and without the second factors and sessions of the earlier place.
    """
    invitation = _standing(token_use(token, purpose=PURPOSE))
    user = User.objects.select_for_update().filter(email=invitation.email).first()
    if user is None:
        user = person_create(
            actor=None,
            organisation=invitation.organisation,
            email=invitation.email,
            name=name,
            roles=invitation.roles,
            language=language,
            password=password or None,
        )
    else:
        _return(user, invitation, name=name, language=language, password=password or None)
    INVITATION.move(
        invitation,
        "accept",
        actor=None,
        category=Category.ACCESS,
        changes={"accepted_by": user},
        ids=[user.pk],
    )
    if inviter := invitation.invited_by:
        own = access_of(inviter).organisation_id == invitation.organisation_id
        path = reverse("people") if own else reverse("people_of", args=[invitation.organisation_id])
        mail_invitation_accepted([inviter], path=path)
    return user


@transaction.atomic
def invitation_lapse(*, invitation: Invitation) -> None:
    """End an invitation whose seven days are over."""
    INVITATION.move(invitation, "lapse", actor=None, category=Category.ACCESS)
    tokens_revoke(purpose=PURPOSE, subject_id=invitation.pk)


@transaction.atomic
def invitations_lapse_of(*, inviter: User) -> None:
    """End what somebody offered who may not offer it any more; a colleague can invite the same people anew."""
    for invitation in Invitation.objects.filter(invited_by=inviter, status=InvitationStatus.OPEN):
        if not may_manage(inviter, invitation.organisation_id):
            invitation_lapse(invitation=invitation)


def _return(user: User, invitation: Invitation, *, name: str, language: str, password: str | None) -> None:
    """A former person comes back: the address is proven by the link, everything else of the earlier place ends."""
    if Membership.objects.filter(user=user, ended_at=None).exists():
        raise Conflict(_("Somebody with this address has a place already. Sign in with it."))
    removed = Authenticator.objects.filter(user=user).delete()[0]
    sessions_end(user=user, actor=None)
    user.name, user.language, user.is_active = name.strip(), language, True
    user.set_password(password)
    user.save(update_fields=["name", "language", "is_active", "password"])
    audit_record(action="user.return", category=Category.ACCESS, actor=None, obj=user, count=removed)
    membership_start(actor=None, user=user, organisation=invitation.organisation, roles=invitation.roles)


def _domain_check(actor: Person | None, organisation: Organisation, address: str, reason: str) -> bool:
    """Whether the address is at a foreign domain and allowed there; refuses it where it is not."""
    domains = list(organisation.domains.values_list("name", flat=True))
    if domain_of(address) in domains:
        return False
    if is_for_members(actor):
        if reason:
            return True
        raise ApplicationError(
            _("%(email)s is at no domain of %(organisation)s (%(domains)s). Say why this address is right."),
            email=address,
            organisation=organisation,
            domains=get_text_list(domains, _now("or")) or "–",
        )
    if not domains:
        raise ApplicationError(
            _("No mail domain of %(organisation)s is known yet. Ask the secretariat to add yours."),
            organisation=organisation,
        )
    raise ApplicationError(
        _(
            "%(email)s is at no domain of %(organisation)s: its people have addresses at %(domains)s. If the address "
            "is right, ask the secretariat to invite the person, or to add the domain."
        ),
        email=address,
        organisation=organisation,
        domains=get_text_list(domains, _now("or")),
    )


def _person_check(actor: Person | None, organisation: Organisation, address: str) -> None:
    """Refuse who has a place already, and who was suspended when the last one ended, unless the secretariat asks."""
    place = Membership.objects.filter(user__email=address, ended_at=None).select_related("user").first()
    if place is None:
        if not is_for_members(actor) and User.objects.filter(email=address, is_active=False).exists():
            raise ApplicationError(
                _("The person with the address %(email)s was suspended before. Ask the secretariat to invite them."),
                email=address,
            )
        return
    if place.organisation_id != organisation.pk:
        raise ApplicationError(_("Somebody with the address %(email)s is here already."), email=address)
    raise ApplicationError(
        _("%(email)s is %(name)s, who is among the people of %(organisation)s already."),
        email=address,
        name=place.user,
        organisation=organisation,
    )


def _open_check(organisation: Organisation, address: str) -> None:
    """Refuse a second open invitation. One whose time is over makes room."""
    open_one = Invitation.objects.select_for_update().filter(email=address, status=InvitationStatus.OPEN).first()
    if open_one is None:
        return
    if open_one.expires_at <= timezone.now():
        invitation_lapse(invitation=open_one)
        return
    if open_one.organisation_id == organisation.pk:
        raise ApplicationError(
            _("%(email)s is invited already. Send that invitation again, or withdraw it first."), email=address
        )
    raise ApplicationError(_("%(email)s is invited by another organisation already."), email=address)


def _nearly_check(address: str) -> None:
    """Refuse an address that people would take for somebody's, until it is confirmed that it is another person's."""
    skeleton, domain = address_skeleton(address), domain_of(address)
    here = User.objects.filter(email__endswith=f"@{domain}", memberships__ended_at=None, memberships__isnull=False)
    invited = Invitation.objects.filter(email__endswith=f"@{domain}", status=InvitationStatus.OPEN)
    known = [*here.values_list("email", "name"), *invited.values_list("email", "name")]
    for email, name in known:
        if email != address and address_skeleton(email) == skeleton:
            raise NearlyTheSame(
                _(
                    "A person with nearly the same address is here or invited already: %(name)s, %(known)s. Is it the "
                    "same person? If it is somebody else, tick that below."
                ),
                name=name,
                known=email,
            )
