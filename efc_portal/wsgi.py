"""The WSGI entry point."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "efc_portal.settings.dev")

application = get_wsgi_application()

from efc_portal.core.checks import refuse_insecure_start  # noqa: E402  (needs the settings)

refuse_insecure_start()

# What is loaded by now stays: the garbage collector need not look at it for every few hundred objects of a request.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
