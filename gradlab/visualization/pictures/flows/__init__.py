"""Map, zip, reduce and what follows from them, cell by cell."""
