"""Setting up, starting, testing and operating the portal. `python3 -m deploy` is what the Makefile calls."""
