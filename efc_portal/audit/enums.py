"""What kinds of processing the record tells apart."""

from __future__ import annotations

from enum import StrEnum


class Category(StrEnum):
    """The operations that Directive (EU) 2016/680, Art. 25 asks to be logged, and two of the portal's own."""

    COLLECTION = "collection"
    ALTERATION = "alteration"
    CONSULTATION = "consultation"
    DISCLOSURE = "disclosure"
    COMBINATION = "combination"
    ERASURE = "erasure"
    ACCESS = "access"  # sign-in, second factors, roles
    OPERATION = "operation"  # keys, configuration, sealing
