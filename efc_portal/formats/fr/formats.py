"""A day and its time in French, with “à” between them."""

DATETIME_FORMAT = r"j F Y \à H:i"
SHORT_DATETIME_FORMAT = r"d/m/Y \à H:i"
