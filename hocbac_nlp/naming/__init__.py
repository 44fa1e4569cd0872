"""Names of people, bodies and places: grammars, and what the document as a whole says."""
