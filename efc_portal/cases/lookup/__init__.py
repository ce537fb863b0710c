"""Looking values up: what is known of one value or a thousand, as far as the person may see it, and nothing more."""
