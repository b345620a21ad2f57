"""Run as ``python -m evengait``."""

from evengait.cli import main

main()
