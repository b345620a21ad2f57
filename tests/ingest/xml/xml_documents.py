"""Made-up documents of all kinds: how XML may be written, and what recordings hold."""

from __future__ import annotations

from hypothesis import strategies as st

BLANK = st.text(" \t\r\n", max_size=3)
SPACE = st.text(" \t\r\n", min_size=1, max_size=3)
PREFIX = st.sampled_from(["", "", "", "ns3:", "gpxtpx:", "a:b:", "_:", "x.y-z:"])
NUMBERS = (
    st.sampled_from(
        ["", "0", "-0", "-0.0", "+5", "52.5", "13,4", "1e3", "1E-5", "-1.5e+2", ".5", "5.", ".", "e5", "NaN", "inf",
         "1 2", "0x10", "1.2.3", "1e99", "1e12345", "99999999999999999999", "0.000000000000000000000001",
         "123456789012345678901", "٣", "1_0", "--1", "1e", "1e+", "00000000000000000000000001.5",
         "0.1234567890123456789", "9007199254740993"]
    )
    | st.floats(allow_nan=False, allow_infinity=False).map(repr)
    | st.decimals(-200, 9000, places=6, allow_nan=False).map(str)
    | st.from_regex(r"[+-]?[0-9]{0,25}([.,][0-9]{0,25})?([eE][+-]?[0-9]{0,5})?", fullmatch=True)
)  # fmt: skip
TIMES = (
    st.datetimes().map(lambda moment: moment.isoformat() + "Z")
    | st.sampled_from(
        ["", "2020-02-29T00:00:00Z", "2021-02-29T00:00:00Z", "2026-03-01", "2026-03-01 08:00",
         "2026-03-01T08:00:00,5z", "2026-03-01T08:00:00.1234567+05:30", "2026-03-01t08:00:60-0800",
         "2026-03-01T08:00+14",
         "2026-03-01T08:00+14:01", "2026-03-01T08:00:00+00:00", "2026-03-01T08:00:00-00:00",
         "2026-03-01T08:00:00+05:", "2026-03-01T08:00:00.Z",
         "2026-00-01T08:00:00Z", "1969-12-31T23:59:59Z", "2200-01-01T00:00:00Z", "2026-03-01T24:00:00Z", "x"]
    )
    | st.from_regex(r"(19|2[01])[0-9]{2}-[01][0-9]-[0-3][0-9][Tt ][0-2][0-9]:[0-6][0-9](:[0-6][0-9]([.,][0-9]{0,8})?)?"
                    r"(Z|z|[+-][01][0-9](:?[0-6][0-9])?)?", fullmatch=True)
)  # fmt: skip
REFERENCES = st.sampled_from(
    ["&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&#65;", "&#x41;", "&#x1F3C3;", "&#10;", "&#00065;"]
)
WORDS = st.lists(
    st.text(st.characters(min_codepoint=32, exclude_characters="<&]", exclude_categories=["Cs"]), max_size=6)
    | REFERENCES
    | st.sampled_from(["\n", "\t", "]", "]]", "é", "走る", "🏃", "\x85", "\u2028",
                       "<![CDATA[a <b> & ]] c]]>", "<!-- x -->"]),
    max_size=4,
).map("".join)  # fmt: skip
ASIDE = st.sampled_from(
    [
        "",
        "",
        "",
        "\n  ",
        "<!-- a - b -->",
        "<!---->",
        "<?go on?>",
        "<?x?>",
        "<![CDATA[ ]]>",
        "text",
        "&amp;",
        " ]] ",
    ]
)


@st.composite
def element(draw: st.DrawFn, name: str, inner: str, attributes: tuple[tuple[str, str], ...] = ()) -> str:
    """Return an element, written one of the ways there are."""
    given = [*attributes, *draw(st.lists(st.sampled_from([("xmlns", "x"), ("b:c", "1")]), max_size=1))]
    head = name
    for key, value in draw(st.permutations(given)):
        quote = draw(st.sampled_from("\"'"))
        equals = draw(BLANK) + "=" + draw(BLANK)
        head += draw(SPACE) + key + equals + quote + value.replace(quote, "") + quote
    if not inner and draw(st.booleans()):
        return f"<{head}{draw(BLANK)}/>"
    return f"<{head}{draw(BLANK)}>{inner}</{name}{draw(BLANK)}>"


@st.composite
def leaf(draw: st.DrawFn, names: st.SearchStrategy[str], texts: st.SearchStrategy[str]) -> str:
    """Return an element with text, and blanks around the text."""
    name = draw(PREFIX) + draw(names)
    return draw(element(name, draw(BLANK) + draw(texts) + draw(BLANK)))


EXTRA_NAMES = st.sampled_from(
    [
        "hr",
        "cad",
        "atemp",
        "power",
        "Watts",
        "RunCadence",
        "Speed",
        "GroundContactTime",
        "StepLength",
        "unknown",
        "h",
    ]
)
EXTRAS = st.recursive(
    leaf(EXTRA_NAMES, NUMBERS),
    lambda inner: st.tuples(st.sampled_from(["TPX", "ns3:TrackPointExtension", "wrap"]), st.lists(inner, max_size=3))
    .flatmap(lambda pair: element(pair[0], "".join(pair[1]))),
    max_leaves=5,
)  # fmt: skip


@st.composite
def several(draw: st.DrawFn, inner: st.SearchStrategy[str], most: int = 4) -> str:
    """Return some elements with something or nothing between them."""
    parts = draw(st.lists(inner, max_size=most))
    return "".join(draw(ASIDE) + part for part in parts) + draw(ASIDE)


@st.composite
def gpx_point(draw: st.DrawFn) -> str:
    extras = draw(several(EXTRAS, 2))
    inner = st.one_of(
        leaf(st.just("ele"), NUMBERS),
        leaf(st.just("time"), TIMES),
        leaf(st.sampled_from(["speed", "course", "name"]), NUMBERS),
        element("extensions", extras),
    )
    given = draw(st.lists(st.sampled_from(["lat", "lon", "la"]), unique=True))
    attributes = tuple((key, draw(BLANK) + draw(NUMBERS)) for key in given)
    return draw(element(draw(PREFIX) + "trkpt", draw(several(inner)), attributes))


@st.composite
def gpx_body(draw: st.DrawFn) -> str:
    segment = several(gpx_point(), 3).flatmap(lambda inner: element("trkseg", inner))
    said = leaf(st.sampled_from(["name", "type", "desc"]), WORDS)
    track = several(st.one_of(said, segment), 3).flatmap(lambda inner: element("trk", inner))
    other = st.sampled_from(
        ["<wpt lat='1' lon='2'/>", "<rte><rtept/></rte>", "<metadata><time>x</time></metadata>"]
    )
    attributes = (("creator", draw(WORDS).replace("<", "").replace("]]>", "")),)
    return draw(element(draw(PREFIX) + "gpx", draw(several(st.one_of(track, track, other), 3)), attributes))


@st.composite
def tcx_body(draw: st.DrawFn) -> str:
    position = several(leaf(st.sampled_from(["LatitudeDegrees", "LongitudeDegrees"]), NUMBERS), 3)
    inner = st.one_of(
        leaf(st.just("Time"), TIMES),
        leaf(st.sampled_from(["AltitudeMeters", "DistanceMeters", "Cadence"]), NUMBERS),
        leaf(st.just("Value"), NUMBERS).flatmap(lambda value: element("HeartRateBpm", value)),
        position.flatmap(lambda inner: element("Position", inner)),
        several(EXTRAS, 2).flatmap(lambda inner: element("Extensions", inner)),
    )
    point = several(inner).flatmap(lambda inner: element("Trackpoint", inner))
    track = several(point, 3).flatmap(lambda inner: element("Track", inner))
    total = leaf(st.sampled_from(["TotalTimeSeconds", "DistanceMeters"]), NUMBERS)
    lap = several(st.one_of(track, total), 3).flatmap(
        lambda inner: TIMES.flatmap(lambda start: element("Lap", inner, (("StartTime", start),)))
    )
    creator = leaf(st.just("Name"), WORDS).flatmap(lambda name: element("Creator", name))
    said = st.one_of(lap, lap, leaf(st.just("Id"), TIMES), creator)
    activity = several(said, 3).flatmap(lambda inner: element("Activity", inner, (("Sport", "Running"),)))
    activities = draw(several(activity, 2))
    return draw(element("TrainingCenterDatabase", draw(element("Activities", activities))))


DECLARATIONS = st.sampled_from(
    ["", "<?xml version='1.0'?>", '<?xml version="1.0" encoding="UTF-8"?>\n',
     "<?xml  version = '1.0'\tencoding='utf-8' standalone='no' ?>", "<?xml version='1.1'?>",
     "<?xml version='1.0' standalone='yes'?>"]
)  # fmt: skip
ODD_DECLARATIONS = st.sampled_from(
    ["<?xml version='1.0' encoding='ISO-8859-1'?>", "<?xml version='1.0' encoding='utf8'?>",
     "<?xml?>",
     "<?xml version='2'?>", "<!DOCTYPE gpx>", "<!DOCTYPE gpx [<!ENTITY a 'b'>]>", "<?XML version='1.0'?>",
     "<?xml version='1.0' Encoding='utf-8'?>", "<?xml version='1.0' standalone='Yes'?>",
     "<?xml encoding='utf-8'?>"]
)  # fmt: skip


@st.composite
def plain(draw: st.DrawFn, body: st.SearchStrategy[str]) -> bytes:
    """Return a well-formed document in UTF-8."""
    before = draw(DECLARATIONS)
    around = st.sampled_from(["", "\n", "<!-- by hand -->", "<?go on?>"])
    return (before + draw(around) + draw(body) + draw(around)).encode()


@st.composite
def odd(draw: st.DrawFn, body: st.SearchStrategy[str]) -> bytes:
    """Return a document that may be anything: encodings, document types, damage."""
    text = (
        draw(ODD_DECLARATIONS | DECLARATIONS)
        + draw(body)
        + draw(st.sampled_from(["", "", "<x/>", "x", "\x00"]))
    )
    data = text.encode(draw(st.sampled_from(["utf-8", "utf-8", "utf-8-sig", "utf-16", "latin-1"])), "replace")
    signs = st.sampled_from(
        [b"<", b">", b"&", b"]]>", b"--", b"<!--", b"<![CDATA[", b"?>", b"<?", b"/", b'"', b"'", b"=", b"\x00",
         b"\x0b", b"\x7f", b"\xff", b"\xc3", b"\xe2\x82", b"\xef\xbf\xbe", b"\xef\xbf\xbf", b"\xed\xa0\x80",
         b"\xf4\x90\x80\x80",
         b"\xc0\x80", b"&#0;", b"&#xD800;", b"&#xFFFE;", b"&#;", b"&#x;", b"&nbsp;", b"&#x110000;", b" lat='1'",
         b"<a>", b"</a>", b":"]
    )  # fmt: skip
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(data)))
        gone = draw(st.sampled_from([0, 0, 1, 5, 1000]))
        data = data[:at] + draw(signs) + data[at + gone :]
    return data
