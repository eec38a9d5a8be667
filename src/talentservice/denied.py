"""Files the system does not let us read or write: what to say of them, in both languages."""

import errno
from collections.abc import Mapping

_SYSTEM_SAYS: Mapping[int | None, tuple[str, str]] = {
    errno.ENOENT: ("no such file", "文件不存在"),
    errno.EACCES: ("permission denied", "没有权限"),
    errno.EPERM: ("permission denied", "没有权限"),
    errno.EISDIR: ("it is a folder", "是文件夹"),
    errno.ENOTDIR: ("a part of the path is no folder", "路径中有一段不是文件夹"),
    errno.EEXIST: ("a file stands where a folder is due", "应为文件夹处已有同名文件"),
    errno.ENAMETOOLONG: ("the name is too long", "文件名过长"),
    errno.EROFS: ("the disk is read-only", "磁盘只读"),
    errno.ENOSPC: ("the disk is full", "磁盘已满"),
}


def unread(name: str, error: OSError) -> tuple[str, str]:
    """What to say of a file the system does not let us read."""
    en, zh = _system_says(error)
    return f"cannot read {name}: {en}", f"读不到 {name}：{zh}"


def unwritten(name: str, error: OSError) -> tuple[str, str]:
    """What to say of a file the system does not let us write."""
    en, zh = _system_says(error)
    return f"cannot write {name}: {en}", f"无法写入 {name}：{zh}"


def _system_says(error: OSError) -> tuple[str, str]:
    """The system's reason; one that is not listed as the system words it."""
    said = error.strerror or type(error).__name__
    return _SYSTEM_SAYS.get(error.errno, (said, said))
