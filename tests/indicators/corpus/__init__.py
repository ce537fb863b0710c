"""The labelled texts that extraction is measured by: `python -m tests.indicators.corpus` writes them anew.

Every value is invented or published as an example; every label is known from how the text was made, never from what
extraction finds in it.
"""
