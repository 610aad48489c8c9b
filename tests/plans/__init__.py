"""The back office over long tables: what the database reads for a page must not grow with them."""
