"""Outside systems: the typesetter, the signing key, the reader of PDFs, the scanner, the file store."""
