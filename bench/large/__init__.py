"""`make bench-large`: looking up and correlating among ten million identifiers, beside one million."""
