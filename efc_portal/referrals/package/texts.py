"""The report's fixed words, in English; `languages/` holds the others. Keys are what `report.typ` calls them."""

from __future__ import annotations

TEXTS = {
    # the frame of each page
    "referral": "Referral",
    "basis_short": "Not a sole basis for a decision",
    "page": "Page",
    "of": "of",
    # first page
    "asked": "What we ask of you",
    "in_short": "In short",
    "reference": "Reference",
    "case": "Case",
    "sent_to": "Sent to",
    "approved": "Approved",
    "value": "Amounts",
    "identifiers": "Identifiers",
    "submissions": "Submissions",
    "mark": "Sharing",
    "summary": "Summary",
    "why_you": "Why this comes to you",
    # handling
    "handling": "How it may be used",
    "submission": "Submission",
    "provided_by": "Provided by",
    "grade": "Grade",
    "codes": "Handling",
    "basis": "This referral is intelligence, not evidence. It is not a sole basis for a decision about anybody: "
    "check it against your own information before you act.",
    "sharing": "Sharing it more widely than its mark allows needs the permission of whoever provided it. "
    "Ask the secretariat, with the reference of the submission.",
    "grades_are": "What the grades and codes mean",
    # payments
    "payments": "Payments",
    "totals": "By method",
    "each_payment": "Every payment",
    "method": "Method",
    "currency": "Currency",
    "number": "Number",
    "total": "Total",
    "first": "First",
    "last": "Last",
    "date": "Date",
    "from": "From",
    "to": "To",
    "amount": "Amount",
    "not_known": "not known",
    # identifiers
    "type": "Type",
    "value_of": "Value",
    "role": "Role",
    "country": "Country",
    "seen": "Seen",
    # submissions
    "reported": "What partners reported",
    "period": "Period",
    "methods": "Methods",
    "flags": "Red flags ticked",
    "flags_rule": "No single red flag suffices: each is a reason to look, none is a finding.",
    "narrative": "In the provider’s words",
    # files
    "files": "Files that came with it",
    "file": "File",
    "size": "Bytes",
    "sha256": "SHA-256",
    # about
    "about": "About this report",
    "about_files": "The same facts stand in bundle.stix.json (STIX 2.1), identifiers.csv and payments.csv of this "
    "package; manifest.json and SHA256SUMS prove every file, and README.txt says how to check them.",
    "about_addresses": "Web and e-mail addresses are written so that nothing turns them into a link (hxxp, [.]). "
    "Do not open them from a computer that can be traced to you. The exact values stand in the other files.",
    "about_cards": "Card numbers are cut to their first six and last four digits before they are stored; the "
    "coalition holds no more of them.",
    "about_glyphs": "A character that cannot be printed or seen is shown as its code: ⟨U+202E⟩.",
    "about_times": "Days are as the provider gave them; times are UTC. Amounts are never rounded.",
}

TLP_MEANINGS = {
    "TLP:RED": "For the named recipients only.",
    "TLP:AMBER+STRICT": "For your agency only, and there for those who need to know.",
    "TLP:AMBER": "For your agency and its clients, and there for those who need to know.",
    "TLP:GREEN": "For the community of those who work against this crime; not for the public.",
    "TLP:CLEAR": "May be shared without limit.",
}
