"""Mail about a person's own account, written and sent by the workflow.

A password's reset link is made when the mail is sent and stands nowhere else: neither in the outbox nor in a log.
"""

from __future__ import annotations

from uuid import UUID

from allauth.account.app_settings import PASSWORD_RESET_TOKEN_GENERATOR
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse

from efc_portal.accounts.models import NewBrowser, User
from efc_portal.notifications.letters import Letter, letter_send
from efc_portal.workflow.services import step

PATIENCE = 20  # tries


@step("account.password_reset", patience=PATIENCE)
def password_reset(user_id: UUID) -> None:
    user = User.objects.get(pk=user_id)
    names = {"uidb36": user_pk_to_url_str(user), "key": PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)}
    _send(user, "password_reset", reverse("account_reset_password_from_key", kwargs=names))


@step("account.password_changed", patience=PATIENCE)
def password_changed(user_id: UUID) -> None:
    _send(User.objects.get(pk=user_id), "password_changed", reverse("account_reset_password"))


@step("account.factor_added", patience=PATIENCE)
def factor_added(user_id: UUID) -> None:
    _send(User.objects.get(pk=user_id), "factor_added", reverse("mfa_index"))


@step("account.factor_removed", patience=PATIENCE)
def factor_removed(user_id: UUID) -> None:
    _send(User.objects.get(pk=user_id), "factor_removed", reverse("mfa_index"))


@step("account.codes_made", patience=PATIENCE)
def codes_made(user_id: UUID) -> None:
    _send(User.objects.get(pk=user_id), "codes_made", reverse("mfa_index"))


@step("account.codes_refused", patience=PATIENCE)
def codes_refused(user_id: UUID) -> None:
    _send(User.objects.get(pk=user_id), "codes_refused", reverse("account_change_password"))


@step("account.new_browser", patience=PATIENCE)
def new_browser(seen_id: UUID) -> None:
    seen = NewBrowser.objects.select_related("user").filter(pk=seen_id).first()
    if seen is None:  # told already, by a step that ran twice
        return
    seen.delete()
    _send(seen.user, "new_browser", reverse("usersessions_list"), browser=seen.browser, at=seen.at)


def _send(user: User, name: str, path: str, **values: object) -> None:
    if not user.is_active:
        return
    letter_send(
        Letter(
            to=user.email,
            language=user.language,
            template=f"accounts/mail/{name}",
            path=path,
            values={"recipient": user, **values},
        )
    )
