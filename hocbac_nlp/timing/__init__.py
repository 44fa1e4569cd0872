"""Dates and periods: shapes, cues, joins."""
