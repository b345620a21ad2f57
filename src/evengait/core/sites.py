"""Where a pain can be, in the words of intake forms and reports."""

SITES = (
    "lower_back", "sacroiliac", "buttock", "hip_groin", "thigh_front", "hamstring", "knee", "shin", "calf",
    "achilles", "ankle", "foot", "other",
)  # fmt: skip
SIDES = ("left", "right")
