"""Vietnamese text mining: saved news pages in, one JSON record per document out."""

__version__ = "0.1.0"
