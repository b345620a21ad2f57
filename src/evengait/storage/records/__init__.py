"""The records: everything a runner keeps here besides the watch archive, in one database."""
