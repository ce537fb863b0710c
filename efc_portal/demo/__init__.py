"""The demo coalition: invented organisations and people, and submissions that go through the real workflow.

Nothing here is used in production, whose settings do not install this app.
"""
