"""Traps in folders, zips and gzips: each is one sentence, in bounded time and memory."""

import gzip
import os
import socket
import struct
import subprocess
import sys
import time
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest

from evengait.core.errors import IngestError
from evengait.ingest import _containers, _zips
from evengait.ingest._containers import Refusal, Walk
from evengait.ingest._member import Member, printable, read_head, read_member
from small_files import zip_of

posix = pytest.mark.skipif(sys.platform == "win32", reason="links, pipes and sockets are other things there")


def walk(tmp_path: Path, path: Path) -> list[Member | Refusal]:
    return list(Walk(tmp_path / "spool", lambda _: False).members(path))


def refusals(found: list[Member | Refusal]) -> dict[str, str]:
    return {item.source: item.reason for item in found if isinstance(item, Refusal)}


@posix
def test_links_are_not_followed_out_of_a_folder_and_what_is_no_file_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "runs"
    (folder / "sub").mkdir(parents=True)
    (folder / "1.fit").write_bytes(b"one")
    (tmp_path / "outside.fit").write_bytes(b"secret")
    (folder / "a loop").symlink_to(folder)
    (folder / "sub" / "up").symlink_to("..")
    (folder / "away.fit").symlink_to(tmp_path / "outside.fit")
    (folder / "beside.fit").symlink_to("1.fit")
    (folder / "nowhere.fit").symlink_to("gone.fit")
    (folder / "self.fit").symlink_to("self.fit")
    (folder / "zero.fit").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe.fit")
    with socket.socket(socket.AF_UNIX) as end:
        monkeypatch.chdir(folder)  # a socket's name may not be long
        end.bind("socket.fit")
        found = walk(tmp_path, folder)
    assert [item.source for item in found if isinstance(item, Member)] == ["runs/1.fit", "runs/beside.fit"]
    said = refusals(found)
    assert set(said) == {
        f"runs/{name}"
        for name in (
            "a loop", "sub/up", "away.fit", "nowhere.fit", "self.fit", "zero.fit", "pipe.fit", "socket.fit"
        )
    }  # fmt: skip
    assert "not followed" in said["runs/away.fit"]
    assert "link to a folder" in said["runs/a loop"]
    assert "device, pipe or socket" in said["runs/zero.fit"]
    assert {item.verdict for item in found if isinstance(item, Refusal)} == {"not_a_session"}


@posix
def test_a_device_that_is_named_itself_is_one_sentence() -> None:
    (item,) = Walk(Path("nowhere"), lambda _: False).members(Path("/dev/zero"))
    assert isinstance(item, Refusal)
    assert item.verdict == "failed"


@posix
@pytest.mark.skipif(os.geteuid() == 0 if hasattr(os, "geteuid") else False, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_said_and_the_others_are_walked(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / "runs" / name).mkdir(parents=True)
        (tmp_path / "runs" / name / "1.fit").write_bytes(b"x")
    (tmp_path / "runs" / "a").chmod(0)
    found = walk(tmp_path, tmp_path / "runs")
    (tmp_path / "runs" / "a").chmod(0o700)
    assert "runs/a" in refusals(found)
    assert len(found) == 2


@posix
def test_a_thousand_folders_in_one_another_are_walked(tmp_path: Path) -> None:
    top = tmp_path / "runs"
    top.mkdir()
    here = os.open(top, os.O_RDONLY)
    for _ in range(1500):  # more than Python's own stack is deep
        os.mkdir("d", dir_fd=here)
        below = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    with os.fdopen(os.open("1.fit", os.O_CREAT | os.O_WRONLY, dir_fd=here), "wb") as file:
        file.write(b"deep")
    os.close(here)
    (member,) = walk(tmp_path, top)
    assert isinstance(member, Member)
    content = read_member(member).data
    # Python's own rmtree is recursive: pytest could not clear it away.
    subprocess.run(["rm", "-rf", str(top)], check=True)
    assert content == b"deep"


def test_names_that_would_rule_the_terminal_are_shown_without_their_power(tmp_path: Path) -> None:
    names = ["a\nb.fit", "\x1b[2J.fit", "\u202egnp.fit", "n" * 30_000 + ".fit", "bell\x07.fit"]
    found = walk(tmp_path, zip_of(tmp_path / "e.zip", {name: name.encode() for name in names}))
    assert len(found) == len(names)
    for item in found:
        assert isinstance(item, Member)
        assert item.source.isprintable()
        assert len(item.source) < 1100
        assert printable(read_member(item).data.decode()) == item.name


@posix
def test_names_that_are_no_text_are_read_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "runs").mkdir()
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/runs/\xff\xfe.fit")).write_bytes(b"one")
    (member,) = walk(tmp_path, tmp_path / "runs")
    assert isinstance(member, Member)
    member.source.encode()
    assert read_member(member).data == b"one"


def test_a_million_members_are_refused_before_they_take_memory(tmp_path: Path) -> None:
    one = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"f"
    count = 1_000_000
    path = tmp_path / "e.zip"
    size = count * len(one)
    end64 = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, 0)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, size, 1)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    path.write_bytes(one * count + end64 + locator + end)
    tracemalloc.start()
    found = walk(tmp_path, path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "more than 100,000 files" in refusals(found)["e.zip"]
    assert peak < 2 * path.stat().st_size


def test_a_folder_of_too_many_files_is_taken_in_part_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_containers, "MOST_FILES", 3)
    found = walk(tmp_path, zip_of(tmp_path / "e.zip", {f"{i}.fit": b"x" for i in range(5)}))
    assert len(found) == 4
    assert "at once" in refusals(found)["e.zip"]


def test_members_that_share_bytes_are_a_trap(tmp_path: Path) -> None:
    """The densest zip bombs let thousands of members point at one kernel of packed bytes."""
    path = zip_of(tmp_path / "e.zip", {"1.fit": bytes(10_000), "2.fit": bytes(10_000)})
    data = bytearray(path.read_bytes())
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    data[second + 42 : second + 46] = struct.pack("<L", 0)  # where its local header lies
    path.write_bytes(data)
    assert "share the same bytes" in refusals(walk(tmp_path, path))["e.zip"]


def quine() -> bytes:
    """Return a zip that holds two copies of itself, as stored members whose sizes reach over the zip's own end."""
    entry = zlib.crc32(b"")
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 0, 0, 0, entry, 1 << 20, 1 << 20, 5, 0) + b"r.zip"
    central = struct.pack(
        "<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, entry, 1 << 20, 1 << 20, 5, 0, 0, 0, 0, 0, 0
    )
    central += b"r.zip"
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + end


def test_a_zip_that_holds_itself_ends(tmp_path: Path) -> None:
    (tmp_path / "e.zip").write_bytes(quine())
    assert len(walk(tmp_path, tmp_path / "e.zip")) == 1


def test_zips_that_multiply_are_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As 42.zip does: sixteen zips in each of sixteen zips, and so on."""
    monkeypatch.setattr(_containers, "MOST_ZIPS", 40)
    path = zip_of(tmp_path / "0.zip", {"1.fit": b"one"})
    for i in range(1, 4):
        content = path.read_bytes()
        path = zip_of(tmp_path / f"{i}.zip", {f"{j}.zip": content for j in range(16)})
    found = walk(tmp_path, path)
    assert sum(isinstance(item, Member) for item in found) < 40
    assert any("more than" in reason for reason in refusals(found).values())


def test_copies_of_packed_zips_never_fill_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_containers, "_COPY_FREE", 1000)
    inner = zip_of(tmp_path / "i.zip", {"1.fit": bytes(500_000)}, packed=False).read_bytes()
    found = walk(tmp_path, zip_of(tmp_path / "e.zip", {"a.zip": inner}))
    assert "far larger than any export" in refusals(found)["e.zip!a.zip"]
    assert not (tmp_path / "spool").exists()


def absurd(path: Path, packed: int, size: int) -> Path:
    """Write a zip whose one member states sizes that it has not, in the wide form."""
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 45, 0, 0, 0, 0, 0, 3, 3, 5, 0) + b"1.fit" + b"abc"
    extra = struct.pack("<2H2Q", 1, 16, size, packed)
    head = (b"PK\x01\x02", 45, 45, 0, 0, 0, 0, 0, 0xFFFFFFFF, 0xFFFFFFFF, 5, len(extra), 0, 0, 0, 0, 0)
    central = struct.pack("<4s6H3L5H2L", *head) + b"1.fit" + extra
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(central), len(local), 0)
    path.write_bytes(local + central + end)
    return path


@pytest.mark.parametrize(
    ("packed", "size"), [(3, 2**64 - 1), (2**63, 2**63), (2**64 - 1, 3), (2**40, 2**40), (2**40, 100)]
)
def test_sizes_beyond_reason_are_one_sentence(tmp_path: Path, packed: int, size: int) -> None:
    for item in walk(tmp_path, absurd(tmp_path / "e.zip", packed, size)):
        if isinstance(item, Member):
            with pytest.raises(IngestError):
                read_member(item)
        else:
            assert item.reason.endswith(".")


def test_packing_that_unpacks_to_nothing_for_long_is_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "e.zip"
    nothing = b"\x00\x00\x00\xff\xff" * 200_000 + b"\x01\x00\x00\xff\xff"  # a million bytes of empty blocks
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 0, 0, len(nothing), 9, 5, 0) + b"1.fit"
    head = (b"PK\x01\x02", 20, 20, 0, 8, 0, 0, 0, len(nothing), 9, 5, 0, 0, 0, 0, 0, 0)
    central = struct.pack("<4s6H3L5H2L", *head) + b"1.fit"
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(central), len(local) + len(nothing), 0)
    path.write_bytes(local + nothing + central + end)
    (member,) = walk(tmp_path, path)
    assert isinstance(member, Member)
    assert read_head(member, 9) == b""


@pytest.mark.parametrize("size", [0, 1, 20_000])
def test_a_gzip_of_endless_gzips_takes_no_square_of_time(tmp_path: Path, size: int) -> None:
    path = tmp_path / "1.fit.gz"
    path.write_bytes(gzip.compress(bytes(size), mtime=0) * 200_000)
    begun = time.monotonic()
    (member,) = walk(tmp_path, path)
    assert isinstance(member, Member)
    try:
        assert len(read_member(member).data) <= 10_000 * size
    except IngestError as error:
        assert "far larger" in str(error)  # noqa: PT017  both ends are right
    assert time.monotonic() - begun < 10


def test_a_gzip_bomb_is_one_sentence_and_takes_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "1.fit.gz"
    with gzip.open(path, "wb", 9) as file:
        for _ in range(200):
            file.write(bytes(1 << 20))
    (member,) = walk(tmp_path, path)
    assert isinstance(member, Member)
    tracemalloc.start()
    with pytest.raises(IngestError, match="far larger"):
        read_member(member)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 100 * 1024**2


def test_several_gzip_streams_in_a_file_are_one_content(tmp_path: Path) -> None:
    path = tmp_path / "1.fit.gz"
    path.write_bytes(gzip.compress(b"one") + gzip.compress(bytes(200_000)) + b"padding")
    (member,) = walk(tmp_path, path)
    assert isinstance(member, Member)
    assert read_member(member).data == b"one" + bytes(200_000)


def test_a_table_of_contents_beyond_measure_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_zips, "_LARGEST_CONTENTS", 100)
    path = zip_of(tmp_path / "e.zip", {f"{i}.fit": b"x" for i in range(5)})
    assert "more than" in refusals(walk(tmp_path, path))["e.zip"]


def test_every_method_of_packing_is_tried_without_harm(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "e.zip", {"1.fit": b"abc"}, packed=False)
    for method in (1, 6, 9, 14, 93, 95, 99, 65_535):
        data = bytearray(path.read_bytes())
        at = data.index(b"PK\x01\x02") + 10
        data[at : at + 2] = struct.pack("<H", method)
        (tmp_path / "m.zip").write_bytes(data)
        for item in walk(tmp_path, tmp_path / "m.zip"):
            assert isinstance(item, Refusal)
            assert item.reason


def test_a_member_without_a_name_is_passed_over(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "e.zip", {"1.fit": b"one", "@.fit": b"two"})
    path.write_bytes(path.read_bytes().replace(b"@.fit", b"\x00.fit"))
    (member,) = walk(tmp_path, path)
    assert isinstance(member, Member)
    assert read_member(member).data == b"one"


def test_a_zip_with_something_before_it_is_read(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "e.zip", {"1.fit": b"one"})
    path.write_bytes(b"#!/bin/sh\n" + path.read_bytes())
    (member,) = walk(tmp_path, path)
    assert isinstance(member, Member)
    assert read_member(member).data == b"one"
    assert member.method == zipfile.ZIP_DEFLATED
