"""Counting over many documents: multi-word terms, measures, tables."""
