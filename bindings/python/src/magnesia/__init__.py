"""May this person take this magnesium, how much elemental magnesium is it, and when in the day should it be taken?

    import magnesia

    checker = magnesia.Checker()  # once; any number of threads may use it
    answer = checker.assess({"magnesia": "request/1", "patient": {"age": {"value": 67, "unit": "a"}}})
    print(answer.at_least, "to", answer.at_most)
    print(answer.to_text())

Requests and answers are described in docs/contract.md. The work is done by the library magnesia_c, which is looked for beside this
package, then where the system looks; the environment's MAGNESIA_LIBRARY names another file.
"""

from __future__ import annotations

import ctypes
import datetime
import json
import os
import weakref
from typing import Any, Mapping, Optional, Union

from . import _native
from ._native import Handle, Number, Size, library

__all__ = ["Answer", "Assessment", "Checker", "Elemental", "Knowledge", "MagnesiaError", "Pack", "Plan", "version"]

Document = Union[str, bytes, Mapping[str, Any]]
"""A request: JSON as text, as bytes of UTF-8, or as what json.loads makes of it."""

_FORMATS = {"json": 1, "text": 2, "html": 3, "svg": 4, "ics": 5, "fhir": 6}


def version() -> str:
    """The version of the library."""
    return str(library.magnesia_version().decode())


class MagnesiaError(Exception):
    """Why there is no answer. Its text has a line for each fault: "place: found …, expected …"."""

    status: str
    """ "bad-input", "bad-knowledge", "bad-argument", "out-of-memory" or "fault"."""
    document: Optional[str]
    """All faults as JSON (error/1); None where there is nothing more to say than the status."""

    def __init__(self, text: str, status: str, document: Optional[str] = None) -> None:
        super().__init__(text, status, document)
        self.status, self.document = status, document

    def __str__(self) -> str:
        return str(self.args[0])


def _written(answer: Handle, format: str) -> tuple[int, Optional[bytes]]:
    text, size = Handle(), Size()
    status = library.magnesia_answer_text(answer, _FORMATS.get(format, 0), ctypes.byref(text), ctypes.byref(size))
    return status, _native.taken(text, size)


def _error(status: int, answer: Optional[Handle] = None) -> MagnesiaError:
    name = library.magnesia_status_name(status).decode()
    document = _written(answer, "json")[1] if answer else None
    text = _written(answer, "text")[1] if answer else None
    if document is None or text is None:
        return MagnesiaError(name, name)
    return MagnesiaError(text.decode().rstrip("\n"), name, document.decode())


def _expect(status: int, answer: Optional[Handle] = None) -> None:
    """Raises unless all went well. Frees the answer in any case."""
    try:
        if status != _native.OK:
            raise _error(status, answer)
    finally:
        if answer:
            library.magnesia_answer_free(answer)


def _bytes(text: Union[str, bytes]) -> bytes:
    # Half a surrogate pair is no UTF-8: the library then says where.
    return text.encode("utf-8", "surrogatepass") if isinstance(text, str) else bytes(text)


class _Owned:
    """Owns a handle and frees it when nobody uses it any more."""

    def __init__(self, handle: Handle, kind: str) -> None:
        self._handle = handle
        weakref.finalize(self, getattr(library, f"magnesia_{kind}_free"), handle)


class Answer(_Owned):
    """What was answered. Never changes."""

    def write(self, format: str) -> bytes:
        """As "json", "text", "html", "svg", "ics" or "fhir", in UTF-8. MagnesiaError: this answer has no such form."""
        status, text = _written(self._handle, format)
        if text is None:
            raise _error(status)
        return text

    def to_json(self) -> str:
        """On one line (docs/contract.md)."""
        return self.write("json").decode()

    def to_text(self) -> str:
        """For a terminal of 80 columns."""
        return self.write("text").decode()

    def data(self) -> Any:
        """What json.loads makes of to_json()."""
        return json.loads(self.to_json())


class Assessment(Answer):
    """May this person take this magnesium?"""

    at_least: str
    """The severity that what is known already forces: "none", "minor", "moderate", "major" or "contraindicated"."""
    at_most: str
    """The worst that what is unknown could bring."""
    decided: bool
    """The two are equal, and nothing went unrecognised."""
    clearance: Optional[str]
    """The statement that no concern was found, where the assessment says so: nothing else does."""

    def __init__(self, handle: Handle) -> None:
        super().__init__(handle, "answer")
        at_least, at_most, decided = Number(), Number(), Number()
        numbers = (ctypes.byref(at_least), ctypes.byref(at_most), ctypes.byref(decided))
        _expect(library.magnesia_answer_verdict(handle, *numbers))
        self.at_least = library.magnesia_severity_name(at_least).decode()
        self.at_most = library.magnesia_severity_name(at_most).decode()
        self.decided = decided.value != 0
        text, size = Handle(), Size()
        _expect(library.magnesia_answer_clearance(handle, ctypes.byref(text), ctypes.byref(size)))
        statement = _native.taken(text, size)
        self.clearance = None if statement is None else statement.decode()

    def to_html(self) -> str:
        """A page that needs nothing else."""
        return self.write("html").decode()


class Plan(Answer):
    """A day without conflicts."""

    def __init__(self, handle: Handle) -> None:
        super().__init__(handle, "answer")

    def to_html(self) -> str:
        """A page that needs nothing else."""
        return self.write("html").decode()

    def to_svg(self) -> str:
        """A picture of the day."""
        return self.write("svg").decode()

    def to_ics(self) -> str:
        """A calendar that begins on the checker's `as_of`, which must be given."""
        return self.write("ics").decode()


class Elemental(Answer):
    """How much magnesium one dose is."""

    def __init__(self, handle: Handle) -> None:
        super().__init__(handle, "answer")


class Pack:
    """Documents of knowledge: what is built in, a folder or file, or text."""

    def __init__(self, path: Optional[str] = None, name: str = "", json: Optional[Union[str, bytes]] = None) -> None:
        self._path, self._name, self._json = path, name, json

    @staticmethod
    def embedded() -> Pack:
        """What the library was built with."""
        return Pack()

    @staticmethod
    def path(path: Union[str, os.PathLike[str]]) -> Pack:
        """A folder of documents, or one file that holds a whole pack."""
        return Pack(path=os.fspath(path))

    @staticmethod
    def text(name: str, json: Union[str, bytes]) -> Pack:
        """One document that holds a whole pack. `name` stands for it in messages."""
        return Pack(name=name, json=json)

    def _add_to(self, packs: Handle) -> None:
        if self._path is not None:
            path, error = os.fsencode(self._path), Handle()
            _expect(library.magnesia_packs_add_path(packs, path, len(path), ctypes.byref(error)), error)
        elif self._json is not None:
            name, text = _bytes(self._name), _bytes(self._json)
            _expect(library.magnesia_packs_add_text(packs, name, len(name), text, len(text)))
        else:
            _expect(library.magnesia_packs_add_embedded(packs))


class Knowledge(_Owned):
    """Everything clinical that Magnesia says. Never changes. Takes some milliseconds to load: once, for all checkers."""

    def __init__(self, *packs: Pack) -> None:
        """The first pack with the others laid over it; none: what is built in. MagnesiaError: every fault of every pack."""
        chosen, handle, error = Handle(), Handle(), Handle()
        if packs:
            _expect(library.magnesia_packs_new(ctypes.byref(chosen)))
        try:
            for pack in packs:
                pack._add_to(chosen)
            _expect(library.magnesia_knowledge_new(chosen, ctypes.byref(handle), ctypes.byref(error)), error)
        finally:
            library.magnesia_packs_free(chosen)
        super().__init__(handle, "knowledge")


class Checker(_Owned):
    """Knowledge and policy, ready to be asked. Never changes; any number of threads may ask at once."""

    def __init__(
        self,
        knowledge: Optional[Knowledge] = None,
        *,
        authority: str = "us-nasem",
        as_of: Optional[datetime.date] = None,
        history_settles: bool = False,
        record_is_complete: bool = False,
    ) -> None:
        """`knowledge`: None is what is built in. `authority`: whose limit counts; "strictest": the lowest that applies. `as_of`:
        the day of the assessment, to be printed. `history_settles`: a complete history may settle a measurement, for the people
        that the knowledge names. `record_is_complete`: you state that lists which may lack something are complete.
        MagnesiaError: the knowledge has no such authority."""
        policy, handle, error = Handle(), Handle(), Handle()
        whose = _bytes(authority)
        _expect(library.magnesia_policy_new(ctypes.byref(policy)))
        try:
            _expect(library.magnesia_policy_set_authority(policy, whose, len(whose)))
            if as_of is not None:
                _expect(library.magnesia_policy_set_as_of(policy, as_of.year, as_of.month, as_of.day))
            _expect(library.magnesia_policy_set_history_settles(policy, bool(history_settles)))
            _expect(library.magnesia_policy_set_record_is_complete(policy, bool(record_is_complete)))
            of = None if knowledge is None else knowledge._handle
            _expect(library.magnesia_checker_new(of, policy, ctypes.byref(handle), ctypes.byref(error)), error)
        finally:
            library.magnesia_policy_free(policy)
        super().__init__(handle, "checker")

    def _ask(self, function: str, text: bytes) -> Handle:
        answer = Handle()
        status = getattr(library, function)(self._handle, text, len(text), ctypes.byref(answer))
        if status != _native.OK:
            _expect(status, answer)
        return answer

    @staticmethod
    def _document(document: Document) -> bytes:
        return _bytes(document if isinstance(document, (str, bytes)) else json.dumps(document))

    def assess(self, document: Document) -> Assessment:
        """May this person take this magnesium? MagnesiaError: every fault of the document."""
        return Assessment(self._ask("magnesia_assess", self._document(document)))

    def plan(self, document: Document) -> Plan:
        """When in the day? MagnesiaError: what is wrong with the document."""
        return Plan(self._ask("magnesia_plan", self._document(document)))

    def elemental(self, label: Union[str, bytes]) -> Elemental:
        """How much magnesium is one dose? Of a label's text, or of the name of a product that the knowledge has."""
        return Elemental(self._ask("magnesia_elemental", _bytes(label)))
