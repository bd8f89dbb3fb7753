"""Search words: synonyms and technology terms, which an administrator keeps and every search uses at once."""
