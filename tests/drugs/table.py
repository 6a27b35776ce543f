"""Every drug of the library by route: a usual dose, what to read, and what is left without its target."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from cytostorm.library import catalogue
from cytostorm.library.cells import macrophage, tcell
from cytostorm.library.labs import seizures
from cytostorm.library.mediators import gmcsf, il2
from cytostorm.library.organs import airway, fever
from cytostorm.model import Model, Module, Quantity, compose

Changes = Mapping[str, str | float]


@dataclass(frozen=True)
class Agent:
    """What one drug does by one route.

    dose : a usual one.
    seen : the read-out that moves, or a socket that has none.
    without : numbers that take the target away; if it is the drug's own action that they take, `why` says so.
        Empty where endotoxin does without the target anyway, and then `why` says what that is.
    sign : -1 if it falls with the dose, 1 if it rises.
    left : share of it that a usual dose leaves at most; if it rises, how many times it rises at least.
    """

    dose: str
    seen: str | Quantity
    without: Changes = field(default_factory=dict)
    why: str = ""
    sign: int = -1
    left: float = 0.75

    @property
    def shown(self) -> str:
        """The name of what is read."""
        return self.seen if isinstance(self.seen, str) else "reader." + self.seen.name.replace(".", "_")


def no(cytokine: str, makers: tuple[str, ...], rest: str = "") -> Changes:
    """Return what takes a cytokine away: its makers, and its level at rest."""
    unit = {"tcell": "pg/mL/h/(cells/uL)"}
    gone = {f"{maker}.{cytokine}_rate": f"0 {unit.get(maker, 'pg/mL/h')}" for maker in makers}
    return gone | ({f"{cytokine}.baseline": rest} if rest else {})


def unbound(drug: str, name: str = "half") -> Changes:
    """Return what keeps a drug from binding."""
    unit = catalogue.find(drug).quantities[name].unit
    return {f"{drug}.{name}": f"1e30 {unit}"}


NO_TNF = no("tnf", ("macrophage", "secretome", "tcell"), "1e-9 pg/mL")
NO_IL6 = no("il6", ("macrophage", "secretome"), "1e-9 pg/mL")
NO_IL1 = no("il1b", ("macrophage", "secretome"), "1e-9 pg/mL")
NO_IFNG = no("ifng", ("tcell",))
NO_GMCSF = no("gmcsf", ("secretome", "tcell"))
NO_IL2 = no("il2", ("tcell",))
NO_GENES = {"glucocorticoid.pace": "0 1/h"}
DEAF = {f"{cell}.half_il10": "1e30 pg/mL" for cell in ("macrophage", "inflamed", "tcell")}

TNF = {"seen": "tnf.signal", "without": NO_TNF, "left": 0.4}
IL6 = {"seen": "il6.signal", "without": NO_IL6}
IL1 = {"seen": "il1b.signal", "without": NO_IL1}
STEROID = {
    "seen": "glucocorticoid.effect", "without": NO_GENES, "sign": 1,
    "why": "all cells have the receptor: genes do not answer",
}  # fmt: skip
NO_BACTERIA = {"seen": "antibiotic.killing", "sign": 1, "why": "bacteria"}
NO_CALM = {"without": {"levetiracetam.most": 0.0}, "why": "the brain does not hear it"}
MANY = "nine cytokines signal through the kinases: it does not bind them"

AGENTS = {
    "abatacept.iv": Agent("700 mg", "costimulation.free", why="antigen", left=0.4),
    "abatacept.sc": Agent("125 mg", "costimulation.free", why="antigen", left=0.4),
    "adalimumab.sc": Agent("80 mg", **TNF),
    "afelimomab.iv": Agent("75 mg", **TNF),
    "alemtuzumab.iv": Agent(
        "30 mg", "lymphocyte.blood", {"alemtuzumab.in_blood": "0 1/h", "alemtuzumab.in_tissue": "0 1/h"},
        "CD52 is on most cells: it does not kill", left=0.4,
    ),
    "anakinra.iv": Agent("100 mg", **IL1),
    "anakinra.sc": Agent("100 mg", **IL1),
    "baricitinib.oral": Agent("4 mg", "il6.signal", unbound("baricitinib"), MANY),
    "basiliximab.iv": Agent("20 mg", "il2.free", NO_IL2, left=0.4),
    "canakinumab.iv": Agent("150 mg", **IL1),
    "canakinumab.sc": Agent("150 mg", **IL1),
    "ceftriaxone.iv": Agent("2000 mg", **NO_BACTERIA),
    "ciclosporin.iv": Agent("100 mg", tcell.fit, why="engaged T cells"),
    "ciclosporin.oral": Agent("200 mg", tcell.fit, why="engaged T cells"),
    "dasatinib.oral": Agent("100 mg", tcell.lck, why="engaged T cells"),
    "dexamethasone.iv": Agent("10 mg", **STEROID),
    "dexamethasone.oral": Agent("6 mg", **STEROID),
    "emapalumab.iv": Agent("70 mg", "ifng.share", NO_IFNG),
    "etoposide.iv": Agent(
        "200 mg", "marrow.struck",
        {f"etoposide.{name}": "0 L/mg/h" for name in ("activated", "monocytic", "dividing")},
        "cells of many kinds divide: it does not kill", sign=1,
    ),
    "hydrocortisone.iv": Agent("50 mg", **STEROID),
    "hydrocortisone.oral": Agent("50 mg", **STEROID),
    "infliximab.iv": Agent("400 mg", **TNF),
    "interleukin_10.iv": Agent("1.8 mg", "il10.level", DEAF, "cells do not hear it", 1),
    "interleukin_10.sc": Agent("1.8 mg", "il10.level", DEAF, "cells do not hear it", 1),
    "ivig.iv": Agent(
        "75000 mg", macrophage.secretion, {"ivig.most": 0.0}, "what it calms was not told apart: none here",
        left=0.85,
    ),
    "lenzilumab.iv": Agent("600 mg", "gmcsf.loose", NO_GMCSF, left=0.4),
    "levetiracetam.iv": Agent("1000 mg", seizures.calmed, **NO_CALM),
    "levetiracetam.oral": Agent("1000 mg", seizures.calmed, **NO_CALM),
    "mavrilimumab.iv": Agent("420 mg", "gmcsf.free", NO_GMCSF, left=0.4),
    "meropenem.iv": Agent("1000 mg", **NO_BACTERIA),
    "methylprednisolone.iv": Agent("80 mg", **STEROID),
    "methylprednisolone.oral": Agent("32 mg", **STEROID),
    "oseltamivir.oral": Agent("75 mg", airway.neuraminidase, why="influenza"),
    "paracetamol.iv": Agent("1000 mg", fever.held, {"paracetamol.most": 0.0}, "the brain does not hear it"),
    "paracetamol.oral": Agent("1000 mg", fever.held, {"paracetamol.most": 0.0}, "the brain does not hear it"),
    "prednisolone.oral": Agent("40 mg", **STEROID),
    "prednisone.oral": Agent("40 mg", **STEROID),
    "remdesivir.iv": Agent("200 mg", airway.polymerase, why="a coronavirus"),
    "ruxolitinib.oral": Agent("10 mg", gmcsf.passed, unbound("ruxolitinib"), MANY),
    "sarilumab.iv": Agent("400 mg", **IL6),
    "sarilumab.sc": Agent("200 mg", **IL6),
    "siltuximab.iv": Agent("800 mg", **IL6),
    "tnf_receptor_fc.sc": Agent("50 mg", **TNF),
    "tocilizumab.iv": Agent("560 mg", **IL6),
    "tofacitinib.oral": Agent("10 mg", il2.passed, unbound("tofacitinib"), MANY),
}  # fmt: skip


def drug_of(route: str) -> str:
    """Return the drug of a route."""
    return route.split(".", maxsplit=1)[0]


LABS = (
    "blood_count", "clinical", "cytokine_panel", "glucose", "infection", "infection_risk", "inflammation",
    "neutropenia", "secondary_infection", "seizures", "thrombosis", "vital_signs",
)  # fmt: skip
INFUSED = ("heparin", "insulin", "noradrenaline", "vasopressin")
"""Supports with kinetics of their own."""


@lru_cache(maxsize=1)
def volunteer() -> Model:
    """Return endotoxaemia with all that has kinetics and a reader of bare sockets, compiled once."""
    reader = Module("reader", "lab", "a reader of sockets")
    sockets = {agent.seen for agent in AGENTS.values() if not isinstance(agent.seen, str)}
    for socket in sorted(sockets, key=lambda socket: socket.name):
        reader.observable(socket.name.replace(".", "_"), socket, "1", "what is left")
    drugs = (catalogue.find(drug_of(route)) for route in AGENTS)
    others = (catalogue.find(name) for name in (*LABS, *INFUSED))
    model = compose(*catalogue.recipe("endotoxin").modules, *drugs, *others, reader)
    return model.replace(catalogue.numbers_for("endotoxin"))


@lru_cache(maxsize=1)
def bench() -> Model:
    """Return the same person without endotoxin: a body at rest, in which only drugs do anything."""
    return volunteer().replace({"endotoxin.dose": "0 ng/kg"})
