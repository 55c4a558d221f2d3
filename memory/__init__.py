"""What is kept: SQLite as the truth, media by content hash, and the indexes derived from them."""
