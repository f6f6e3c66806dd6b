"""Bytes to a file, whole or not at all."""

import os
from contextlib import suppress
from pathlib import Path

from etl.errors import CannotExport


def check(target: Path) -> None:
    """Raise CannotExport where a file cannot be written, before work is put into it."""
    folder = target.expanduser().absolute().parent
    if target.is_dir():
        raise CannotExport(f"«{target}» is a folder; name a file.")
    if not folder.is_dir():
        raise CannotExport(f"The folder «{folder}» is not there; make it first.")
    if not os.access(folder, os.W_OK):
        raise CannotExport(f"The folder «{folder}» cannot be written; choose another.")


def write(target: Path, content: bytes) -> None:
    """Write aside and rename; raise CannotExport when the disk refuses, and leave nothing."""
    check(target)
    target = target.expanduser().absolute()
    aside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with aside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(target)
    except OSError as error:
        with suppress(OSError):
            aside.unlink()
        raise CannotExport(
            f"«{target}» cannot be written ({error.strerror}); no file was left."
        ) from error
