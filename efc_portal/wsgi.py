"""The WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "efc_portal.settings.dev")

application = get_wsgi_application()

from efc_portal.core.checks import refuse_insecure_start  # noqa: E402  (needs the settings)

refuse_insecure_start()
