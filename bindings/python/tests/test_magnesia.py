"""What is particular to Python. That the answers are those of C++ is shown by tests/conformance."""

from __future__ import annotations

import concurrent.futures
import datetime
import gc
import json
import pathlib
import pickle
import unittest
from typing import Callable

import magnesia

ROOT = pathlib.Path(__file__).resolve().parents[3]
ANN = (ROOT / "examples/people/ann.json").read_text(encoding="utf-8")
OVERLAY = '{"magnesia": "pack/1", "id": "our-hospital", "version": "1.0.0", "date": "2026-11-25", "documents": []}'


class TestMagnesia(unittest.TestCase):
    def setUp(self) -> None:
        self.checker = magnesia.Checker()

    def test_text_bytes_and_a_mapping_are_the_same_request(self) -> None:
        answers = {self.checker.assess(request).to_json() for request in (ANN, ANN.encode(), json.loads(ANN))}
        self.assertEqual(len(answers), 1)

    def test_an_assessment(self) -> None:
        answer = self.checker.assess(ANN)
        self.assertEqual((answer.at_least, answer.at_most, answer.decided, answer.clearance), ("major", "contraindicated", False, None))
        self.assertEqual(answer.data()["verdict"]["at_least"], "major")
        self.assertTrue(answer.to_html().startswith("<!"))

    def test_a_clearance(self) -> None:
        healthy = {"age": {"value": 30, "unit": "a"}, "sex": "male", "dialysis": False, "conditions": [],
                   "labs": {"egfr": {"value": 100, "unit": "mL/min/{1.73_m2}"}}}
        answer = self.checker.assess({"magnesia": "request/1", "patient": healthy, "medications": [], "magnesium": []})
        self.assertEqual(answer.data()["verdict"]["clearance"], answer.clearance)
        self.assertIsNotNone(answer.clearance)

    def test_all_faults_are_in_the_error(self) -> None:
        with self.assertRaises(magnesia.MagnesiaError) as caught:
            self.checker.assess({"magnesia": "request/1", "patient": {"condtions": [], "sexx": 1}})
        error = caught.exception
        self.assertEqual(error.status, "bad-input")
        self.assertEqual(len(str(error).splitlines()), 2)
        self.assertEqual(json.loads(error.document or "")["path"], "/patient/condtions")
        again = pickle.loads(pickle.dumps(error))
        self.assertEqual((str(again), again.status, again.document), (str(error), error.status, error.document))

    def test_text_is_not_changed_on_its_way(self) -> None:
        drug = "a\0b ä€😀"
        answer = self.checker.assess({"magnesia": "request/1", "patient": {}, "medications": [{"drug": drug}]})
        self.assertIn(drug, [one["text"] for one in answer.data()["unrecognised"]])
        with self.assertRaises(magnesia.MagnesiaError) as caught:
            self.checker.assess('{"magnesia": "request/1", "patient": {}, "medications": [{"drug": "\ud83d"}]}')
        self.assertIn("encoding", caught.exception.document or "")

    def test_a_plan_and_its_calendar(self) -> None:
        plan = self.checker.plan(ANN)
        self.assertIn("<svg", plan.to_svg())
        with self.assertRaises(magnesia.MagnesiaError) as caught:
            plan.to_ics()
        self.assertEqual((caught.exception.status, caught.exception.document), ("bad-argument", None))
        dated = magnesia.Checker(as_of=datetime.date(2026, 12, 1)).plan(ANN)
        self.assertIn("DTSTART:20261201T", dated.to_ics())

    def test_elemental(self) -> None:
        self.assertEqual(self.checker.elemental("500 mg magnesium oxide").data()["magnesia"], "elemental/1")

    def test_knowledge_with_an_overlay(self) -> None:
        for base in (magnesia.Pack.embedded(), magnesia.Pack.path(ROOT / "knowledge")):
            knowledge = magnesia.Knowledge(base, magnesia.Pack.text("hospital", OVERLAY))
            checker = magnesia.Checker(knowledge, authority="uk-evm")
            del knowledge
            gc.collect()
            self.assertEqual(checker.assess(ANN).data()["knowledge"]["overlays"], ["our-hospital 1.0.0"])

    def test_faulty_knowledge_and_policy(self) -> None:
        faulty: list[tuple[Callable[[], object], str]] = [
            (lambda: magnesia.Knowledge(magnesia.Pack.path("no such file")), "bad-knowledge"),
            (lambda: magnesia.Knowledge(magnesia.Pack.embedded(), magnesia.Pack.text("hospital", "{")), "bad-knowledge"),
            (lambda: magnesia.Checker(authority="who"), "bad-input"),
        ]
        for make, status in faulty:
            with self.assertRaises(magnesia.MagnesiaError) as caught:
                make()
            self.assertEqual(caught.exception.status, status)
            self.assertIsNotNone(caught.exception.document)

    def test_an_answer_outlives_its_checker(self) -> None:
        answer = magnesia.Checker().assess(ANN)
        gc.collect()
        self.assertEqual(answer.to_text(), self.checker.assess(ANN).to_text())

    def test_threads_share_a_checker(self) -> None:
        expected = self.checker.assess(ANN).to_json()
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            self.assertEqual(set(pool.map(lambda _: self.checker.assess(ANN).to_json(), range(200))), {expected})

    def test_version(self) -> None:
        self.assertRegex(magnesia.version(), r"^\d+\.\d+\.\d+$")


if __name__ == "__main__":
    unittest.main()
