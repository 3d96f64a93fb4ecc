"""The zip writer: the bytes of zipfile, also where stretches were deflated before."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from hypothesis import given
from hypothesis import strategies as st

from generator.formats.opc.zip_writer import FAT, UNIX, Deflated, deflate, write_parts

contents = st.lists(st.binary(max_size=300).map(lambda data: data * 7), max_size=4)
members = st.dictionaries(st.sampled_from(("a.xml", "word/b.xml", "kansio/ä.xml", "c")), contents)


@given(members, st.sampled_from((FAT, UNIX)))
def test_the_bytes_are_those_of_zipfile(parts: dict[str, list[bytes]], system: int) -> None:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, pieces in parts.items():
            member = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type, member.create_system = ZIP_DEFLATED, system
            with archive.open(member, "w") as stream:
                for piece in pieces:
                    stream.write(piece)
    assert write_parts(parts.items(), system) == buffer.getvalue()


@given(members, st.data())
def test_stretches_that_are_deflated_already_are_read_back(parts: dict[str, list[bytes]], data: st.DataObject) -> None:
    def some(pieces: list[bytes]) -> list[bytes | Deflated]:
        return [deflate(piece) if data.draw(st.booleans()) else piece for piece in pieces]

    with ZipFile(BytesIO(write_parts((name, some(pieces)) for name, pieces in parts.items()))) as archive:
        assert archive.testzip() is None  # the CRC of each member
        assert {name: archive.read(name) for name in archive.namelist()} == {
            name: b"".join(pieces) for name, pieces in parts.items()
        }
        assert all(member.file_size == len(b"".join(parts[member.filename])) for member in archive.infolist())
