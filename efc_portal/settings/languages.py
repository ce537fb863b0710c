"""The languages of the interface, and those that pages of the public site may be written in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

LANGUAGE_CODE = "en"  # its pages stand at addresses without a prefix

# What people choose for the workspace: translated whole, and `make lint` sees to it.
INTERFACE_LANGUAGES = [("en", _("English")), ("fr", _("French"))]

# The official languages of the European Union, each in its own name: what the secretariat may add in the CMS. Where
# the interface is not translated, words around a page are English, and dates follow the language.
LANGUAGES = [
    ("bg", "Български"),
    ("hr", "Hrvatski"),
    ("cs", "Čeština"),
    ("da", "Dansk"),
    ("nl", "Nederlands"),
    ("en", "English"),
    ("et", "Eesti"),
    ("fi", "Suomi"),
    ("fr", "Français"),
    ("de", "Deutsch"),
    ("el", "Ελληνικά"),
    ("hu", "Magyar"),
    ("ga", "Gaeilge"),
    ("it", "Italiano"),
    ("lv", "Latviešu"),
    ("lt", "Lietuvių"),
    ("mt", "Malti"),
    ("pl", "Polski"),
    ("pt", "Português"),
    ("ro", "Română"),
    ("sk", "Slovenčina"),
    ("sl", "Slovenščina"),
    ("es", "Español"),
    ("sv", "Svenska"),
]
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
