"""Outgoing mail, committed with the change that causes it and sent by the workflow."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


class Mail(models.Model):
    """One message to one person. It says that something waits and where, never what.

    `template` names the three templates `notifications/<template>_{subject,text,html}`; `values` are a reference and
    a path of the portal. The Message-ID is made of `id`, so a receiver can tell a repeated message.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    template = models.CharField(max_length=60)
    values = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["created_at"])]

    def __str__(self) -> str:
        return f"{self.template} {self.id}"
