"""What viruses do to a tissue: infect its cells, be seen, be cleared, and kill."""

from __future__ import annotations

from dataclasses import dataclass

from cytostorm.library.cells import bcell, nk, tcell
from cytostorm.library.kinetics import falls, rises
from cytostorm.library.mediators import antigen, damp, ifna, pamp
from cytostorm.library.organs import lung, site
from cytostorm.library.person import interferon, killing
from cytostorm.model import Module, Parameter


@dataclass(frozen=True)
class Traits:
    """What one virus differs in from another.

    growth : spread from cell to cell at the start; death : of infected cells; evasion : share of the
    interferon response it silences.
    """

    growth: Parameter
    death: Parameter
    evasion: Parameter
    dose: Parameter


def infects_lung(m: Module, traits: Traits) -> None:
    """Declare the infection of a lung by a virus: infected cells as a share of all that can be infected."""
    infected = m.species(
        "infected", "1", "infected cells, as a share of the lung's", scale=1e-6, within=(0, 1)
    )
    half_interferon = m.assumed(
        "half_interferon",
        8,
        "pg/mL",
        "type I interferon in plasma, above rest, of half protection of cells",
        "at the site it is far higher",
    )
    seen = m.assumed("seen", 0.02, "1", "infected cells of half alarm", "one in fifty")
    half_sensed = m.assumed(
        "half_sensed",
        0.15,
        "1",
        "infected cells that half saturate the sensors of macrophages",
        "one in seven",
    )
    rate = m.assumed(
        "interferon_rate",
        20.0,
        "pg/mL/h",
        "interferon at full alarm, per volume of plasma",
        "doubles it in COVID-19 (Lucas2020)",
    )
    cytotoxic = m.assumed(
        "cytotoxic",
        0.0009,
        "uL/cells/h",
        "killing by an effector T cell",
        "cleared in days by a hundred cells/uL",
    )
    natural = m.assumed(
        "natural", 0.03, "1/h", "killing by woken NK cells", "a third of clearance in the first days"
    )
    loud = m.assumed(
        "loud",
        3.0,
        "1",
        "alarmins for each unit of tissue that the virus kills",
        "louder than quiet cell death",
    )
    alarmed = m.observable(
        "alarmed",
        (1 - traits.evasion) * interferon * rises(infected, seen),
        "1",
        "interferon response of the infected lung",
    )
    m.stimulate(ifna.secretion, rate * alarmed, "infected cells")
    protected = falls(ifna.secretion / ifna.elimination, half_interferon)
    m.produce(
        infected,
        "spread",
        traits.growth * infected * (1 - infected) * (1 - site.lost) * protected * bcell.neutralised,
    )
    m.move(infected, site.lost, "death of infected cells", traits.death * infected)
    killed = (
        killing * (cytotoxic * tcell.effector * (1 - 0.8 * tcell.tired) + natural * nk.killing) * infected
    )
    m.move(infected, site.lost, "killing of infected cells", killed)
    m.produce(damp.site, "from infected cells", loud * (traits.death * infected + killed))
    m.stimulate(antigen.site, infected, "infected cells")
    m.stimulate(pamp.site, rises(infected, half_sensed), "nucleic acids of the virus")
    m.stimulate(lung.share, 1, "the site is the lung")
    m.route("airways", infected, "airways")
    m.challenge("airways", traits.dose)
    m.lab("pathogen", infected, "1", "infected cells, as a share of the lung's")
