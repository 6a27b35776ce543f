"""A library of a few mechanisms, so that tests of files and commands do not wait for the whole body."""

from __future__ import annotations

from functools import lru_cache

from cytostorm.errors import InputError, did_you_mean
from cytostorm.library.person import m as person
from cytostorm.library.person import weight
from cytostorm.library.recipes import Recipe
from cytostorm.model import LogNormal, Module, compose


def number(m, name, value, unit, label, **more):
    return m.parameter(name, value, unit, label, source="assumed", note="a number of a test", **more)


def _endotoxin():
    m = Module("endotoxin", "trigger", "endotoxin", about="A toxin that goes away.")
    dose = number(m, "dose", 2.0, "ng/kg", "dose of endotoxin")
    duration = number(m, "duration", 0.0, "h", "duration of the infusion")
    loss = number(m, "loss", 1.0, "1/h", "loss rate", spread=LogNormal(1.3))
    m.parameter("volume", 5.0, "L", "volume of distribution", source="smith2001", note="")
    amount = m.species("amount", "ng", "endotoxin in the body", scale=1.0)
    m.remove(amount, "elimination", loss * amount)
    m.route("iv", amount, "vein")
    m.challenge("iv", dose, duration)
    return m, amount


def _tocilizumab():
    m = Module("tocilizumab", "drug", "tocilizumab, an antibody")
    loss = number(m, "loss", 0.01, "1/h", "loss rate")
    amount = m.species("amount", "mg", "tocilizumab in the body")
    m.remove(amount, "elimination", loss * amount)
    m.route("iv", amount, "vein")
    return m


def _paracetamol():
    m = Module("paracetamol", "drug", "paracetamol")
    loss = number(m, "loss", 0.3, "1/h", "loss rate")
    absorption = number(m, "absorption", 1.0, "1/h", "absorption rate")
    depot = m.species("depot", "mg", "paracetamol in the gut")
    amount = m.species("amount", "mg", "paracetamol in the body")
    m.move(depot, amount, "absorption", absorption * depot)
    m.remove(amount, "elimination", loss * amount)
    m.route("oral", depot, "mouth")
    m.route("iv", amount, "vein")
    return m


@lru_cache
def modules():
    toxin, amount = _endotoxin()
    il6 = Module("il6", "mediator", "interleukin-6")
    half_life = number(il6, "half_life", 20.0, "min", "half-life")
    made = number(il6, "made", 10.0, "pg/mL/h/ng", "production for each ng of endotoxin")
    level = il6.species("plasma", "pg/mL", "IL-6 in plasma")
    il6.produce(level, "production", made * amount)
    il6.remove(level, "elimination", level / half_life)
    labs = Module("labs", "lab", "what a ward measures")
    labs.lab("il6", level, "pg/mL", "IL-6 in plasma")
    warm = number(labs, "warm", 0.001, "degC*mL/pg", "warming by IL-6")
    base = number(labs, "base", 36.6, "degC", "temperature of the healthy")
    labs.lab("temperature", base + warm * level * weight / weight, "degC", "core temperature")
    everything = (person, toxin, il6, labs, _tocilizumab(), _paracetamol())
    return {m.name: m for m in everything}


@lru_cache
def recipes():
    inside = tuple(modules()[n] for n in ("person", "endotoxin", "il6", "labs"))
    severities = {
        "mild": {"endotoxin.dose": "1 ng/kg"},
        "storm": {"endotoxin.dose": "9 ng/kg", "person.weight": "60 kg"},
    }
    return {
        "endotoxin": Recipe(
            "endotoxin", "a little endotoxaemia", "For tests.", inside, severities=severities
        ),
        # a preset: the trigger of another name, with numbers of its own
        "sepsis": Recipe(
            "sepsis",
            "a little sepsis",
            "For tests.",
            inside,
            settings={"endotoxin.dose": "5 ng/kg", "endotoxin.loss": "0.5 1/h"},
            severities={"storm": {"endotoxin.dose": "50 ng/kg"}, "late": {"endotoxin.loss": "0.1 1/h"}},
            usual="late",
        ),
    }


def find(name):
    if name not in modules():
        raise InputError(
            f"there is no mechanism {name!r}", "a name from cytostorm list", did_you_mean(name, [*modules()])
        )
    return modules()[name]


def recipe(name):
    if name not in recipes():
        raise InputError(
            f"there is nothing to run called {name!r}", "a trigger", did_you_mean(name, [*recipes()])
        )
    return recipes()[name]


def model_for(trigger, routes=(), include=(), *, severity=""):
    from cytostorm.library.catalogue import numbers_for

    return composed_for(trigger, routes, include).replace(numbers_for(trigger, severity))


def composed_for(trigger, routes=(), include=()):
    chosen = [*recipe(trigger).modules, *(find(r.split(".")[0]) for r in routes), *map(find, include)]
    return compose(*chosen, name=trigger)


def references():
    return {"smith2001": {"author": "Smith J", "title": "A study", "year": "2001", "doi": "10.1/x"}}


def citation(key):
    return "Smith J (2001). A study. doi:10.1/x" if key == "smith2001" else key


NAMES = ("modules", "recipes", "find", "recipe", "model_for", "composed_for", "references", "citation")


def install(monkeypatch):
    """Put this library in the place of the real one."""
    import cytostorm.library.catalogue as real
    from cytostorm.formulary import limits

    for name in NAMES:
        monkeypatch.setattr(real, name, globals()[name])
    monkeypatch.setattr(limits, "drugs", dict)  # what is called as a drug here is none
