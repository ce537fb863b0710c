"""Search over the public site: its pages, and the text of the files they offer.

What can be found is a row of `SearchEntry`: one for each live page, one for each file of a live page. `services` write
them in the transaction that publishes or withdraws; `documents` reads PDF files in a process of its own; `query` turns
what a person typed into PostgreSQL's terms; `selectors` find and count, `results` mark.
"""
