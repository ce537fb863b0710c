"""Writes to people and their sessions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.accounts.models import NewBrowser, User
from efc_portal.audit.enums import Category
from efc_portal.audit.services import Actor, audit_event, audit_record, audit_record_many
from efc_portal.core.errors import ApplicationError
from efc_portal.workflow.services import work_enqueue

ERASED_DOMAIN = "erased.invalid"  # of the addresses that stand for people whose data was erased
FORMER = "Former member"


@transaction.atomic
def user_create(
    *, actor: Actor | None, email: str, name: str, language: str = "en", password: str | None = None
) -> User:
    """Create a person whose e-mail address counts as confirmed: whoever creates or invites vouches for it.

    Without a password the person sets one through the mail that resets it. Raises `ApplicationError` when the address
    is no address or is taken, whatever its case.
    """
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise ApplicationError(_("“%(email)s” is not an e-mail address."), email=email) from error
    if User.objects.filter(email=email).exists():
        raise ApplicationError(_("Somebody with the address %(email)s is here already."), email=email)
    user = User.objects.create_user(email, password, name=name.strip(), language=language)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    audit_record(action="user.create", category=Category.ACCESS, actor=actor, obj=user)
    return user


def user_language_set(*, user: User, language: str) -> None:
    """Remember in which language a person reads the portal and its mail."""
    if user.language != language:
        user.language = language
        user.save(update_fields=["language"])


@transaction.atomic
def user_rename(*, user: User, name: str) -> None:
    """Change a person's own name as others see it."""
    if user.name != name:
        user.name = name
        user.save(update_fields=["name"])
        audit_record(action="user.rename", category=Category.ACCESS, actor=user, obj=user)


@transaction.atomic
def new_browser_tell(*, user: User, browser: str) -> None:
    """Tell a person by mail that somebody, hopefully they, signed in with a browser not known for them."""
    seen = NewBrowser.objects.create(user=user, browser=browser[:80])
    work_enqueue("account.new_browser", seen.pk)


@transaction.atomic
def sessions_end(*, user: User, actor: Actor | None, keep: str | None = None) -> int:
    """End a person's sessions at once, but for the one whose key is `keep`; returns how many were ended.

    Every request reads its session from the database, so the next click of an ended one meets the sign-in page.
    """
    known = UserSession.objects.filter(user=user).exclude(session_key=keep or "")
    keys = list(known.values_list("session_key", flat=True))
    if keys:
        Session.objects.filter(session_key__in=keys).delete()
        known.delete()
        audit_record(action="session.revoke", category=Category.ACCESS, actor=actor, obj=user, count=len(keys))
    return len(keys)


@transaction.atomic
def sessions_end_of(*, users: Collection[UUID], actor: Actor | None) -> int:
    """End all sessions of several people at once, in a constant number of statements; returns how many were ended."""
    known = list(UserSession.objects.filter(user__in=users).values_list("user_id", "session_key"))
    if known:
        Session.objects.filter(session_key__in=[key for _user, key in known]).delete()
        UserSession.objects.filter(user__in=users).delete()
        counts = Counter(user for user, _key in known)
        audit_record_many(
            [
                audit_event(
                    action="session.revoke", category=Category.ACCESS, actor=actor, obj=User(pk=pk), count=number
                )
                for pk, number in counts.items()
            ]
        )
    return len(known)


@transaction.atomic
def user_erase(*, user: User, actor: Actor | None) -> None:
    """Forget who a former person was: name, address, password and factors. What they did stays, under their id.

    Cannot be undone. The audit record keeps what it said at the time.
    """
    sessions_end_of(users=[user.pk], actor=actor)
    for known in (EmailAddress, Authenticator, NewBrowser, SocialAccount):
        known.objects.filter(user=user).delete()
    user.groups.clear()
    user.email, user.name = f"former-{user.pk}@{ERASED_DOMAIN}", FORMER
    user.is_active = user.is_superuser = False
    user.set_unusable_password()
    user.last_login = None
    user.save()
    audit_record(action="user.erase", category=Category.ERASURE, actor=actor, obj=user)


@transaction.atomic
def session_end(*, session: UserSession, actor: Actor | None) -> None:
    """End one session at once."""
    Session.objects.filter(session_key=session.session_key).delete()
    UserSession.objects.filter(pk=session.pk).delete()
    audit_record(action="session.revoke", category=Category.ACCESS, actor=actor, obj=session.user, count=1)


def sessions_forget() -> int:
    """Delete what is left of sessions that ran out; returns how many there were."""
    now = timezone.now()
    UserSession.objects.exclude(session_key__in=Session.objects.filter(expire_date__gte=now).values("pk")).delete()
    return Session.objects.filter(expire_date__lt=now).delete()[0]
