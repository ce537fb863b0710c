"""What shares the data key of the purpose `identifiers`, so that rotating keys re-seals it (see core.rotation)."""

from efc_portal.core.rotation import shared_column
from efc_portal.indicators.models import Identifier, KnownValue, OwnValue
from efc_portal.indicators.services.identifiers import PURPOSE

shared_column(PURPOSE, Identifier, "value_sealed")
shared_column(PURPOSE, KnownValue, "value_sealed")
shared_column(PURPOSE, OwnValue, "value_sealed")
