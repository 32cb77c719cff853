"""A folder goes in; the kind of file system on which others change it without a word to this machine comes out."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

_MOUNTS = Path("/proc/self/mountinfo")
_SHARED = re.compile(
    r"9p|acfs|afs|autofs|beegfs|ceph|cifs|coda|drvfs|fuse|fuse\..+|gfs2?|glusterfs|gpfs|lustre|ncpfs|nfs4?|ocfs2"
    r"|orangefs|prl_fs|smb2|smb3|smbfs|vboxsf|virtiofs|vmhgfs"
)
"""Network file systems, what a virtual machine shares with its host, and what programs make up (`fuse`)."""
_ESCAPED = re.compile(r"\\([0-7]{3})")


def shared_kind(root: Path, mounts: Path = _MOUNTS) -> str:
    """The kind, of the folder or of one in it; empty for a disk of this machine, and where the system does not say."""
    base = os.fsencode(os.path.realpath(root))
    on, within = "", ""
    with suppress(OSError):
        for line in mounts.read_bytes().splitlines():
            before, _, after = line.decode("utf-8", "surrogateescape").partition(" - ")
            place, kind = _unescaped(before.split(" ")[4]), after.split(" ")[0]
            if _lies_in(base, place):  # the later one lies over the earlier
                on = kind
            elif _lies_in(place, base) and _SHARED.fullmatch(kind):
                within = kind
    return on if _SHARED.fullmatch(on) else within


def _unescaped(place: str) -> bytes:
    return os.fsencode(_ESCAPED.sub(lambda found: chr(int(found[1], 8)), place))


def _lies_in(path: bytes, folder: bytes) -> bool:
    return path == folder or path.startswith(folder.rstrip(b"/") + b"/")
