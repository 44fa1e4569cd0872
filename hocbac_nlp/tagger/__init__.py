"""underthesea's models, driven fast: tokens, words, sentences, tags."""
