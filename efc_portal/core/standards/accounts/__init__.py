"""Bank accounts as countries write them where they have no IBAN, or beside it: bank code and account number.

`formats` is the table of the countries with a known form, `checks` their check digits, `reading` takes a text apart.
The canonical form is `US/021000021/123456789`: the country and the parts of its format, each compact.
"""

from efc_portal.core.standards.accounts.formats import FORMATS, Format, Part
from efc_portal.core.standards.accounts.reading import Account, is_proven, is_written_as_account, parsed, read

__all__ = ["FORMATS", "Account", "Format", "Part", "is_proven", "is_written_as_account", "parsed", "read"]
