"""How `strip` reads a page: lines, their roles, and what the page says about itself."""
