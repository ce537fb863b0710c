"""Mail about single sign-on, sent by the workflow."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from efc_portal.accounts.models import User
from efc_portal.notifications.letters import Letter, letter_send
from efc_portal.workflow.services import step


@step("sign_on.linked", patience=20)
def linked(user_id: UUID) -> None:
    """Tell a person that an account elsewhere opens theirs from now on."""
    user = User.objects.get(pk=user_id)
    if user.is_active:
        letter_send(
            Letter(
                to=user.email,
                language=user.language,
                template="accounts/mail/sign_on_linked",
                path=reverse("usersessions_list"),
                values={"recipient": user},
            )
        )
