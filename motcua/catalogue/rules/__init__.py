"""What may be said of procedures, packs and services, without a database."""
