"""States, handling marks and classes of a submission, in the field's own terms."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SubmissionStatus(TextChoices):
    DRAFT = "draft", pgettext_lazy("submission status", "Draft")
    RECEIVED = "received", pgettext_lazy("submission status", "Received")
    SCREENED = "screened", pgettext_lazy("submission status", "Screened")
    NORMALISED = "normalised", pgettext_lazy("submission status", "Normalised")
    TRIAGE = "triage", pgettext_lazy("submission status", "Waiting for triage")
    ASKED = "asked", pgettext_lazy("submission status", "More information asked for")
    ACCEPTED = "accepted", pgettext_lazy("submission status", "Accepted into a case")
    DECLINED = "declined", pgettext_lazy("submission status", "Declined")


class Tlp(TextChoices):
    """FIRST Traffic Light Protocol 2.0. Labels are never translated."""

    RED = "TLP:RED", "TLP:RED"
    AMBER_STRICT = "TLP:AMBER+STRICT", "TLP:AMBER+STRICT"
    AMBER = "TLP:AMBER", "TLP:AMBER"
    GREEN = "TLP:GREEN", "TLP:GREEN"
    CLEAR = "TLP:CLEAR", "TLP:CLEAR"


class SourceGrade(TextChoices):
    """The first half of a 4x4 grade (Europol practice)."""

    A = "A", _("A: no doubt of authenticity, trustworthiness and competence")
    B = "B", _("B: mostly reliable")
    C = "C", _("C: mostly unreliable")
    X = "X", _("X: cannot be assessed")


class InformationGrade(TextChoices):
    """The second half of a 4x4 grade (Europol practice)."""

    ONE = "1", _("1: accuracy not in doubt")
    TWO = "2", _("2: known personally to the source, not to the official passing it on")
    THREE = "3", _("3: not known personally to the source, corroborated by other information")
    FOUR = "4", _("4: not known personally to the source, cannot be corroborated")


class HandlingCode(TextChoices):
    H0 = "H0", _("H0: crime prevention use only")
    H1 = "H1", _("H1: not in judicial proceedings without the provider’s permission")
    H2 = "H2", _("H2: no dissemination without the provider’s permission")
    H3 = "H3", _("H3: other restrictions, described below")


class Method(TextChoices):
    """Payment method classes, as the coalition's displacement statistics tell them apart."""

    BANK_TRANSFER = "bank_transfer", _("Bank transfer")
    PAYMENT_CARD = "payment_card", _("Payment card")
    MONEY_TRANSFER = "money_transfer", _("Money transfer")
    E_WALLET = "e_wallet", _("E-wallet or peer-to-peer app")
    PREPAID_CARD = "prepaid_card", _("Prepaid or anonymous card")
    GIFT_CARD = "gift_card", _("Gift card or voucher")
    VIRTUAL_CURRENCY = "virtual_currency", _("Virtual currency")
    ANONYMITY_ENHANCED = "anonymity_enhanced", _("Anonymity-enhanced virtual currency")
    CASH = "cash", _("Cash")
    OTHER = "other", _("Other")


class SightingRole(TextChoices):
    SENDER = "sender", _("Sender of money")
    RECIPIENT = "recipient", _("Recipient of money")
    MERCHANT = "merchant", _("Merchant or platform")
    CONTACT = "contact", _("Contact or account name")
    OTHER = "other", _("Other")


class SightingSource(TextChoices):
    REPORTED = "reported", _("Reported")
    NARRATIVE = "narrative", _("Found in the text")
    FILE = "file", _("In a row of the file")


class RelationKind(TextChoices):
    """How two identifiers of one submission belong together. Read from the first to the second."""

    NAMES = "names", pgettext_lazy("relation of two values", "names")
    HELD_AT = "held_at", pgettext_lazy("relation of two values", "is held at")
    SAME_CLUSTER = "same_cluster", pgettext_lazy("relation of two values", "belongs to the same wallet cluster as")
    SAME_HOLDER = "same_holder", pgettext_lazy("relation of two values", "belongs to the same holder as")

    @property
    def backwards(self) -> str:
        """How it is read from the second to the first."""
        return str(_BACKWARDS.get(self, self.label))


_BACKWARDS = {  # of those that are not read alike from both sides
    RelationKind.NAMES: pgettext_lazy("relation of two values", "is named by"),
    RelationKind.HELD_AT: pgettext_lazy("relation of two values", "holds"),
}


class WithdrawalReason(TextChoices):
    """Why a value is taken back. Whoever received the value reads it."""

    MISTAKE = "mistake", _("It was given by mistake: mistyped, or copied from the wrong place")
    SOMEBODY_ELSE = "somebody_else", _("It belongs to somebody who has nothing to do with this")
    CLEARED = "cleared", _("It was looked into since, and nothing is left of the suspicion")


class AttachmentStatus(TextChoices):
    STORED = "stored", _("Not scanned yet")
    CLEAN = "clean", _("Scanned, nothing found")
    INFECTED = "infected", _("Malware found, content destroyed")
    UNSCANNED = "unscanned", _("Could not be scanned")


class DeclineReason(TextChoices):
    """Why an officer declines a submission; the reporter sees it."""

    OUT_OF_SCOPE = "out_of_scope", _("Outside the coalition’s purpose")
    NOT_ENOUGH = "not_enough", _("Not enough to act on, and no more can be had")
    DUPLICATE = "duplicate", _("Already known from the same source")
    OTHER_CHANNEL = "other_channel", _("Belongs to another channel")
