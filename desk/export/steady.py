"""Office files and archives without the clock in them: the same content gives the same bytes."""

import io
import re
import zipfile
from datetime import date

# the earliest day that a zip can tell
EARLIEST = (1980, 1, 1, 0, 0, 0)
_MOMENT = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")
LEVEL = 6


def repack(packed: bytes, as_of: date) -> bytes:
    """Return an office file with every date in it, and in files within it, set to the as-of day."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name.endswith(".xlsx"):
                content = repack(content, as_of)
            elif name == "docProps/core.xml":
                content = _MOMENT.sub(rf"\g<1>{as_of}T00:00:00Z\g<3>".encode(), content)
            _add(new, name, content)
    return out.getvalue()


def archive(files: dict[str, bytes]) -> bytes:
    """Return a zip of files in the order of their names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as new:
        for name in sorted(files):
            _add(new, name, files[name])
    return out.getvalue()


def _add(new: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, EARLIEST)
    entry.compress_type = zipfile.ZIP_DEFLATED
    # readable by everybody, whatever the machine's own habit
    entry.external_attr = 0o644 << 16
    entry.create_system = 3
    new.writestr(entry, content, compresslevel=LEVEL)
