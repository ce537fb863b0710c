"""Merchant category codes (ISO 18245): the names of those that matter here, in our own words.

The code alone is what cards carry; the standard's list is not free, so most codes are shown by their number. Meanings:
US Internal Revenue Service, Revenue Procedure 2004-43 (a public document), and the card schemes' manuals for merchants
for the younger ones (5815 to 5818, 6051, 6540).
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NAMES: dict[str, str | Promise] = {
    "4511": _("airlines"),
    "4722": _("travel agencies"),
    "4814": _("telephone services"),
    "4816": _("computer networks and information services"),
    "4829": _("money transfers"),
    "5734": _("software shops"),
    "5815": _("digital goods: books, films, music"),
    "5816": _("digital goods: games"),
    "5817": _("digital goods: applications"),
    "5818": _("digital goods of several kinds"),
    "5947": _("gift shops"),
    "5966": _("telephone sales, calling out"),
    "5967": _("telephone sales and adult content"),
    "5968": _("subscriptions"),
    "5969": _("other direct marketing"),
    "6010": _("cash over the counter"),
    "6011": _("cash machines"),
    "6012": _("financial institutions"),
    "6051": _("virtual currency, vouchers and the like"),
    "6540": _("loading of stored value"),
    "7011": _("hotels"),
    "7273": _("dating and escort services"),
    "7299": _("other personal services"),
    "7311": _("advertising"),
    "7333": _("photography"),
    "7372": _("programming and data processing"),
    "7841": _("film rental"),
    "7994": _("video game arcades"),
    "7995": _("betting"),
    "8398": _("charities"),
}
