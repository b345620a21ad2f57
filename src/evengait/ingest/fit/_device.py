"""Which device wrote the file, and which one measured the gait."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evengait.ingest.fit._profile import enum_name
from evengait.ingest.fit._rows import rows

if TYPE_CHECKING:
    from evengait.ingest.fit._decode import FitFile

GARMIN = {1, 13, 15, 89}
"""Makers whose products carry Garmin's numbers."""

GAIT_ACCESSORIES = (
    "hrm_run",
    "hrm4_run",
    "hrm_tri",
    "hrm_pro",
    "hrm_pro_plus",
    "hrm_fit",
    "running_dynamics_pod",
)
"""Garmin's chest straps and pods that measure contact time."""

STRYD = 95


def device_name(file: FitFile) -> str | None:
    """Return maker and product as ``garmin fenix3``; None where the file does not say."""
    names = ("manufacturer", "product")
    for row in rows(file.get("file_id"), names, ("product_name",)):
        if row["manufacturer"] is not None:
            return _name(row)
    every = rows(file.get("device_info"), ("device_index", *names), ("product_name",))
    return next((_name(r) for r in every if r["device_index"] == 0 and r["manufacturer"] is not None), None)


def gait_accessory(file: FitFile) -> str | None:
    """Return the accessory that measures gait, as the file names it; None = none named."""
    for row in rows(file.get("device_info"), ("manufacturer", "product"), ("product_name",)):
        name = _name(row)
        if name and (row["manufacturer"] == STRYD or name.removeprefix("garmin ") in GAIT_ACCESSORIES):
            return name
    return None


def _name(row: dict[str, Any]) -> str | None:
    maker, product = row["manufacturer"], row["product"]
    if maker is None:
        return None
    maker_name = enum_name("manufacturer", maker) or f"maker {maker}"
    named = None
    if maker in GARMIN and product is not None:
        named = enum_name("garmin_product", product)
    if named is None:
        named = row["product_name"] or (None if product is None else str(product))
    if named is None:
        return maker_name
    named = named.removesuffix("_single_byte_product_id")
    # Some write their own name into the product's: "COROS PACE 2" by coros.
    if named.casefold().startswith(maker_name.casefold()):
        named = named[len(maker_name) :].strip()
    return f"{maker_name} {named}".strip()
