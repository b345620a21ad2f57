"""My runners: what a coach or a clinician sees of those who asked her to stand beside them."""
