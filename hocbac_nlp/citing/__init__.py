"""Citations of official documents: their grammar, types, issuers, and keys."""
