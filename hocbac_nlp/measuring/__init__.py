"""Numbers and what they measure."""
