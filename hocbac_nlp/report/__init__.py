"""The report: one HTML page about all records of a run, that needs no other file and no network.

`view` takes from a document what the page shows of it, `gather` adds documents up, `vocabulary` chooses the terms,
`columns` writes tables compactly, `page` puts them into the page whose parts are in `static`.
"""
