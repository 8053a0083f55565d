"""The C interface (magnesia.h) as ctypes sees it. Not an interface of this package."""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import pathlib
import sys

Handle = ctypes.c_void_p
Size = ctypes.c_size_t
Status = ctypes.c_int32
Number = ctypes.c_int32

OK, BAD_ARGUMENT = 0, 1
# The file's name holds the version of the interface that the declarations below are of.
_NAMES = {"darwin": "libmagnesia_c.0.1.dylib", "win32": "magnesia_c.dll"}


def _open() -> ctypes.CDLL:
    """The library that MAGNESIA_LIBRARY names; that beside this package; or that which the system finds."""
    name = _NAMES.get(sys.platform, "libmagnesia_c.so.0.1")
    beside = pathlib.Path(__file__).with_name(name)
    named = os.environ.get("MAGNESIA_LIBRARY")
    return ctypes.CDLL(named or (str(beside) if beside.exists() else name))


library = _open()


def _declare(name: str, result: object, *arguments: object) -> None:
    function = getattr(library, name)
    function.restype = result
    function.argtypes = arguments


_pointer = ctypes.POINTER
_text = (ctypes.c_char_p, Size)
_declare("magnesia_version", ctypes.c_char_p)
_declare("magnesia_status_name", ctypes.c_char_p, Status)
_declare("magnesia_severity_name", ctypes.c_char_p, Number)
_declare("magnesia_free", None, Handle)
_declare("magnesia_answer_text", Status, Handle, Number, _pointer(Handle), _pointer(Size))
_declare("magnesia_answer_verdict", Status, Handle, _pointer(Number), _pointer(Number), _pointer(Number))
_declare("magnesia_answer_clearance", Status, Handle, _pointer(Handle), _pointer(Size))
_declare("magnesia_packs_new", Status, _pointer(Handle))
_declare("magnesia_packs_add_embedded", Status, Handle)
_declare("magnesia_packs_add_path", Status, Handle, *_text, _pointer(Handle))
_declare("magnesia_packs_add_text", Status, Handle, *_text, *_text)
_declare("magnesia_knowledge_new", Status, Handle, _pointer(Handle), _pointer(Handle))
_declare("magnesia_policy_new", Status, _pointer(Handle))
_declare("magnesia_policy_set_authority", Status, Handle, *_text)
_declare("magnesia_policy_set_as_of", Status, Handle, Number, Number, Number)
_declare("magnesia_policy_set_history_settles", Status, Handle, Number)
_declare("magnesia_policy_set_record_is_complete", Status, Handle, Number)
_declare("magnesia_checker_new", Status, Handle, Handle, _pointer(Handle), _pointer(Handle))
for _name in ("assess", "plan", "elemental"):
    _declare(f"magnesia_{_name}", Status, Handle, *_text, _pointer(Handle))
for _name in ("answer", "packs", "knowledge", "policy", "checker"):
    _declare(f"magnesia_{_name}_free", None, Handle)


def taken(pointer: Handle, size: Size) -> bytes | None:
    """The text that the library gave, which is freed; None where it gave none."""
    if not pointer:
        return None
    try:
        return ctypes.string_at(pointer, size.value)
    finally:
        library.magnesia_free(pointer)
