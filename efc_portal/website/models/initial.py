from __future__ import annotations

from django.db import models
from django.utils import timezone


class InitialContent(models.Model):
    """A piece of initial content that was loaded once. It is never loaded again, whatever editors did to it since."""

    key = models.CharField(max_length=120, primary_key=True)
    loaded_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.key
