"""What forms read and write: browsers send dates and numbers in one way, whatever they show."""

DATE_INPUT_FORMATS = ["%Y-%m-%d"]
USE_THOUSAND_SEPARATOR = False
