"""Changes of the tables, oldest first; written by ``makemigrations``, never changed once released."""
