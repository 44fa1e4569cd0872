"""Records measured against annotations."""
