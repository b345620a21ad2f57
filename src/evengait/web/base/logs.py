"""Logs without people: no address line, no form, no message of an unforeseen error."""

from __future__ import annotations

import logging


class WithoutRequest(logging.Filter):
    """Takes the request out of a record, and leaves of an error only its kind and where in the code it rose."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record; never drop it."""
        if hasattr(record, "request"):
            record.msg, record.args = "a page answered with %s", (getattr(record, "status_code", "an error"),)
        if record.exc_info and record.exc_info[0]:
            kind, _, trace = record.exc_info
            while trace is not None and trace.tb_next is not None:
                trace = trace.tb_next
            where = f" at {trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
            record.msg, record.args = f"{record.getMessage()} ({kind.__qualname__}{where})", ()
            record.exc_info, record.exc_text = None, None
        return True
