"""The log: JSON lines on stderr, so that stdout is the answer and nothing else."""

import logging
import sys

import structlog


def to_stderr(level: int = logging.WARNING) -> None:
    """Write the log as JSON lines on stderr: ours, and what libraries complain of.

    :param level: the least that is written of ours.
    """
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        # Asked each time, since standard error may be another one later.
        logger_factory=lambda *_name: structlog.WriteLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(handlers=[_Libraries()], level=logging.WARNING, force=True)


class _Libraries(logging.Handler):
    """Passes a library's complaint on without what it is about, which may be somebody's data."""

    def emit(self, record: logging.LogRecord) -> None:
        """Log the place and the kind of it."""
        fault = record.exc_info[0] if record.exc_info else None
        structlog.get_logger().warning(
            "library_complained",
            library=record.name,
            at=f"{record.module}:{record.lineno}",
            fault=fault.__name__ if fault else None,
        )
