"""Maps that runs are matched to: one folder each under ``<home>/maps``, arrays that are mapped into memory."""
