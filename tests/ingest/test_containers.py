import io
import struct
import zipfile
from pathlib import Path

import pytest

from evengait.core.errors import IngestError
from evengait.ingest._containers import Refusal, Walk
from evengait.ingest._member import LARGEST, Member, open_stream, read_head, read_member
from small_files import zip_of


def walk(tmp_path: Path, path: Path, **options: Path) -> list[Member | Refusal]:
    return list(Walk(tmp_path / "spool", lambda _: False, **options).members(path))


def names(found: list[Member | Refusal]) -> list[str]:
    return [item.source for item in found]


def only_reason(found: list[Member | Refusal]) -> str:
    (item,) = found
    assert isinstance(item, Refusal)
    return item.reason


def test_a_zip_gives_its_files_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "e.zip", {"a/10.fit": b"ten", "a/9.fit": b"nine", "a/": b""})
    found = walk(tmp_path, path)
    assert names(found) == ["e.zip!a/9.fit", "e.zip!a/10.fit"]
    assert [read_member(item).data for item in found if isinstance(item, Member)] == [b"nine", b"ten"]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_members_packed_in_any_common_way_are_read(tmp_path: Path, method: int) -> None:
    content = bytes(range(256)) * 700
    with zipfile.ZipFile(tmp_path / "e.zip", "w", method) as archive:
        archive.writestr("1.fit", content)
    (member,) = walk(tmp_path, tmp_path / "e.zip")
    assert isinstance(member, Member)
    assert read_member(member).data == content
    assert read_head(member, 300) == content[:300]
    with Path(member.path).open("rb") as file, open_stream(member, file) as stream:
        assert b"".join(iter(lambda: stream.read(1000), b"")) == content


def test_names_that_point_elsewhere_are_read_where_they_lie_and_nothing_is_written(tmp_path: Path) -> None:
    box = tmp_path / "box" / "inner"
    box.mkdir(parents=True)
    path = zip_of(box / "e.zip", {"../../evil.fit": b"one", "/etc/evil.fit": b"two"})
    found = walk(tmp_path, path)
    assert sorted(read_member(item).data for item in found if isinstance(item, Member)) == [b"one", b"two"]
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == [path]
    assert not Path("/etc/evil.fit").exists()


@pytest.mark.parametrize("packed", [True, False])
def test_a_zip_in_a_zip_in_a_zip_is_walked(tmp_path: Path, packed: bool) -> None:
    inner = zip_of(tmp_path / "inner.zip", {"1.fit": b"one"}, packed=packed)
    middle = zip_of(
        tmp_path / "middle.zip", {"inner.zip": inner.read_bytes(), "2.fit": b"two"}, packed=packed
    )
    outer = zip_of(tmp_path / "outer.zip", {"middle.zip": middle.read_bytes()}, packed=packed)
    found = walk(tmp_path, outer)
    assert names(found) == ["outer.zip!middle.zip!2.fit", "outer.zip!middle.zip!inner.zip!1.fit"]
    assert [read_member(item).data for item in found if isinstance(item, Member)] == [b"two", b"one"]
    assert (tmp_path / "spool").exists() == packed


def test_zips_in_too_many_zips_are_refused(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "0.zip", {"1.fit": b"one"})
    for i in range(1, 7):
        path = zip_of(tmp_path / f"{i}.zip", {"in.zip": path.read_bytes()})
    assert "too many zips" in only_reason(walk(tmp_path, path))


def test_a_zip_by_another_name_is_still_a_zip(tmp_path: Path) -> None:
    assert names(walk(tmp_path, zip_of(tmp_path / "run.fit", {"1.fit": b"one"}))) == ["run.fit!1.fit"]


def test_what_is_called_zip_but_is_none_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "e.zip").write_bytes(b"hello")
    assert "not a zip" in only_reason(walk(tmp_path, tmp_path / "e.zip"))


def test_a_zip_cut_short_is_one_sentence(tmp_path: Path) -> None:
    whole = zip_of(tmp_path / "e.zip", {"1.fit": b"one" * 500}).read_bytes()
    (tmp_path / "e.zip").write_bytes(whole[:-30])
    assert "cut short" in only_reason(walk(tmp_path, tmp_path / "e.zip"))


def test_an_empty_zip_is_one_sentence(tmp_path: Path) -> None:
    assert "empty zip" in only_reason(walk(tmp_path, zip_of(tmp_path / "e.zip", {})))


def test_a_locked_member_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "e.zip", {"1.fit": b"one", "2.fit": b"two"})
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1  # the first member's flag in the table of contents
    path.write_bytes(data)
    locked, other = walk(tmp_path, path)
    assert isinstance(locked, Refusal)
    assert "password" in locked.reason
    assert isinstance(other, Member)


def test_hidden_files_and_the_macs_shadow_files_are_passed_over(tmp_path: Path) -> None:
    members = {"__MACOSX/._1.fit": b"x", ".DS_Store": b"x", "a/._2.fit": b"x", "a/2.fit": b"two"}
    assert names(walk(tmp_path, zip_of(tmp_path / "e.zip", members))) == ["e.zip!a/2.fit"]
    folder = tmp_path / "folder"
    for name in (".hidden/1.fit", "2.fit", "__MACOSX/3.fit"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x")
    assert names(walk(tmp_path, folder)) == ["folder/2.fit"]


def test_the_archive_itself_is_left_out_of_a_folder(tmp_path: Path) -> None:
    for name in ("home/runners/me/originals", "home/runs"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "1.fit").write_bytes(b"x")
    found = walk(tmp_path, tmp_path / "home", exclude=tmp_path / "home/runners/me")
    assert names(found) == ["home/runs/1.fit"]


def test_a_name_that_is_no_text_is_made_printable(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "run\udcff.fit").write_bytes(b"x")
    assert names(walk(tmp_path, folder)) == ["folder/run?.fit"]


def test_a_known_member_is_not_looked_into(tmp_path: Path) -> None:
    inner = zip_of(tmp_path / "inner.zip", {"1.fit": b"one"})
    outer = zip_of(tmp_path / "outer.zip", {"inner.zip": inner.read_bytes()})
    found = list(Walk(tmp_path / "spool", lambda member: member.name == "inner.zip").members(outer))
    assert names(found) == ["outer.zip!inner.zip"]


def test_a_bomb_is_refused_by_what_it_says_and_by_what_it_does(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "e.zip", {"1.fit": bytes(64 * 1024**2)})
    (member,) = walk(tmp_path, path)
    assert isinstance(member, Member)
    with pytest.raises(IngestError, match="far larger"):
        read_member(member)
    data = bytearray(path.read_bytes())
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, 1000)  # it says: a thousand bytes
    path.write_bytes(data)
    (liar,) = walk(tmp_path, path)
    assert isinstance(liar, Member)
    with pytest.raises(IngestError, match="damaged"):
        read_member(liar)


def test_a_nested_bomb_is_refused_without_a_copy(tmp_path: Path) -> None:
    inner = zip_of(tmp_path / "inner.zip", {"1": bytes(64 * 1024**2)}, packed=False)
    outer = zip_of(tmp_path / "outer.zip", {"inner.zip": inner.read_bytes()})
    assert "far larger" in only_reason(walk(tmp_path, outer))
    assert not (tmp_path / "spool").exists()


def test_a_gzip_bomb_is_refused(tmp_path: Path) -> None:
    import gzip

    (tmp_path / "1.fit.gz").write_bytes(gzip.compress(bytes(LARGEST // 4)))
    (member,) = walk(tmp_path, tmp_path / "1.fit.gz")
    assert isinstance(member, Member)
    with pytest.raises(IngestError, match="far larger"):
        read_member(member)


@pytest.mark.parametrize("where", ["header", "data"])
def test_a_damaged_member_is_one_sentence(tmp_path: Path, where: str) -> None:
    path = zip_of(tmp_path / "e.zip", {"1.fit": bytes(range(256)) * 20})
    data = bytearray(path.read_bytes())
    if where == "header":
        data[0:4] = b"XXXX"
    else:
        data[60:90] = bytes(30)
    path.write_bytes(data)
    found = walk(tmp_path, path)
    reason = found[0].reason if isinstance(found[0], Refusal) else None
    if isinstance(found[0], Member):
        with pytest.raises(IngestError) as caught:
            read_member(found[0])
        reason = str(caught.value)
    assert reason is not None
    assert "damaged" in reason


def test_what_came_deflated_is_kept_in_gzip_form_without_packing_again(tmp_path: Path) -> None:
    import gzip

    content = bytes(range(256)) * 40
    (member,) = walk(tmp_path, zip_of(tmp_path / "e.zip", {"1.fit": content}))
    assert isinstance(member, Member)
    packed = read_member(member).packed
    assert packed is not None
    assert gzip.decompress(packed) == content


def test_gzip_in_several_pieces_or_with_a_tail_or_cut_short_gives_what_is_whole(tmp_path: Path) -> None:
    import gzip

    one, two = gzip.compress(b"one" * 1000), gzip.compress(b"two")
    for name, data, expected in (
        ("a.gz", one + two, b"one" * 1000 + b"two"),
        ("b.gz", one + b"\x00\x00\x00", b"one" * 1000),
        ("c.gz", gzip.compress(bytes(range(256)) * 99)[:-8], bytes(range(256)) * 99),
    ):
        (tmp_path / name).write_bytes(data)
        assert read_member(Member(name, name, "", str(tmp_path / name), len(data))).data == expected
    (tmp_path / "d.gz").write_bytes(b"\x1f\x8b\x08\x00garbage and more garbage")
    with pytest.raises(IngestError, match="gzip"):
        read_member(Member("d.gz", "d.gz", "", str(tmp_path / "d.gz"), 20))


def test_an_unusual_packing_is_one_sentence(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("1.fit", b"one")
    (tmp_path / "e.zip").write_bytes(out.getvalue())
    assert "usual way" in only_reason(walk(tmp_path, tmp_path / "e.zip"))
