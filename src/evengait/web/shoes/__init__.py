"""Shoes and ground on the desk: kilometres by pair, what was run on and who says so."""
