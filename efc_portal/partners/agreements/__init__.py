"""The memorandum: its versions, who accepted which, and the receipts."""
