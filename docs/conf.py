"""Sphinx: one site from docs/. Built with `sphinx-build -W docs site`."""

from hocbac_nlp import __version__

project = "hocbac-nlp"
author = "The hocbac-nlp developers"
release = version = __version__
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
myst_heading_anchors = 3
html_theme = "furo"
html_title = f"hocbac-nlp {version}"
