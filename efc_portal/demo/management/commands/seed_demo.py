"""`manage.py seed_demo`: load the demo coalition."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from efc_portal.audit.seal import audit_seal
from efc_portal.demo import coalition, known_values, membership
from efc_portal.demo.play import play
from efc_portal.demo.stories import STORIES
from efc_portal.submissions.models import Submission


class Command(BaseCommand):
    help = "Load the demo coalition: its people, its public site, and submissions that go through the real workflow."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo coalition belongs to demo mode alone. This portal is not in demo mode.")
        self.stdout.write("organisations and people")
        coalition.load()
        known_values.load()
        self.stdout.write("membership")
        membership.load()
        self.stdout.write("public site")
        call_command("load_site", demo=True, stdout=self.stdout)
        there, begun = Submission.objects.count(), 0
        for number, story in enumerate(STORIES):
            begun += len(story.reports)
            if begun <= there:  # an interrupted run goes on after the stories it had begun
                continue
            self.stdout.write(f"story {number + 1} of {len(STORIES)}: {len(story.reports)} submissions, {story.ends}")
            self.stdout.flush()
            play(story, number)
        audit_seal(whole=True)
        self.stdout.write(f"{Submission.objects.count()} submissions stand at every stage.")
