"""The calendar: what was done, what is planned, what hurt; a month, a week, a day."""
