"""Extracts of OpenStreetMap, read for the ways that people run on."""
