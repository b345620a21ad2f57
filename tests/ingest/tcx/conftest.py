"""Every test here runs with both parsers."""

from xml_parsers import parser

__all__ = ["parser"]
