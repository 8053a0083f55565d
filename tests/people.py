"""People and requests, drawn by chance from the knowledge that the command was built with: for checks of what it prints."""
import subprocess, sys

labels = ["Magnesium (as magnesium oxide) 250 mg", "500 mg magnesium oxide", "<script>alert(\"1\")</script> \u202e\u0007", "Magnesium 100 mg (27 % NRV)"]


def without_none(members):
    return {key: value for key, value in members.items() if value is not None}


class People:
    """Nobody's chance but its own: the same seed draws the same people."""

    def __init__(self, command, chance):
        self.command, self.chance = command, chance
        self.drugs, self.conditions, self.salts, self.limits = (self.ids(kind) for kind in ("drug", "condition", "salt", "limit"))
        if not all([self.drugs, self.conditions, self.salts, self.limits]):
            sys.exit("found an empty list, expected drugs, conditions, salts and limits in the knowledge")

    def ids(self, kind):
        listed = subprocess.run([self.command, "knowledge", "list", kind], capture_output=True, text=True, encoding="utf-8", timeout=60).stdout
        return [line.split()[1] for line in listed.splitlines() if not line.startswith(" ") and len(line.split()) > 1]

    def maybe(self, *values):
        return self.chance.choice(values) if self.chance.random() < 0.6 else None

    def times(self):
        return sorted({f"{self.chance.randrange(24):02}:{self.chance.choice((0, 15, 30, 59)):02}" for _ in range(self.chance.randint(1, 3))})

    def listed(self, entries):
        return self.chance.choice([None, entries, {"at_least": entries}])

    def product(self):
        chance = self.chance
        amount = {"value": chance.choice([1, 33.3, 250, 500, 999.999]), "unit": "mg"}
        return without_none(chance.choice([
            {"salt": chance.choice([*self.salts, "unheard-of salt"]), "amount": amount, "basis": self.maybe("elemental", "salt")},
            {"label": chance.choice(labels)},
            {"salt": chance.choice(self.salts)},
        ]) | {"times": self.times() if chance.random() < 0.7 else None})

    def request(self):
        chance, maybe = self.chance, self.maybe
        sex = maybe("female", "male")
        labs = without_none({
            "egfr": maybe(*({"value": n, "unit": "mL/min/{1.73_m2}"} for n in (8, 29.5, 41, 90))),
            "creatinine": maybe({"value": 1.3, "unit": "mg/dL"}),
            "serum-magnesium": maybe(*({"value": n, "unit": "mmol/L"} for n in (0.6, 0.85, 1.3, 2.6))),
        })
        patient = without_none({
            "age": maybe(*({"value": n, "unit": "a"} for n in (2, 17, 34, 67, 101))), "sex": sex,
            "pregnancy": {"status": maybe("pregnant", "not-pregnant") or "not-pregnant"} if sex == "female" else None,
            "dialysis": maybe(False, True), "labs": labs,
            "conditions": self.listed(chance.sample([*self.conditions, "unheard-of \U0001F9EA condition"], chance.randint(0, 4))),
        })
        taken = [without_none({"drug": drug, "times": self.times() if chance.random() < 0.7 else None})
                 for drug in chance.sample([*self.drugs, "unheard-of drug"], chance.randint(0, 5))]
        return without_none({"magnesia": "request/1", "patient": patient, "medications": self.listed(taken),
                             "magnesium": self.listed([self.product() for _ in range(chance.randint(0, 3))])})
