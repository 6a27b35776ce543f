"""What viruses do to a tissue: infect its cells, be seen, be cleared, and kill."""

from __future__ import annotations

from dataclasses import dataclass

from cytostorm.library.cells import bcell, nk, tcell
from cytostorm.library.kinetics import rises
from cytostorm.library.mediators import antigen, damp, ifna, il6, pamp
from cytostorm.library.organs import airway, lung, site
from cytostorm.library.person import able, burden, interferon
from cytostorm.model import Gain, Module, Parameter


@dataclass(frozen=True)
class Traits:
    """What one virus differs in from another.

    growth : spread from cell to cell at the start; death : of infected cells; evasion : share of the
    interferon response it silences; tool : what it needs for its spread and drugs take.
    """

    growth: Parameter
    death: Parameter
    evasion: Parameter
    dose: Parameter
    tool: Gain


def infects_lung(m: Module, traits: Traits) -> None:
    """Declare the infection of a lung by a virus: infected cells as a share of all that can be infected."""
    infected = m.species(
        "infected", "1", "infected cells, as a share of the lung's", scale=1e-6, within=(0, 1)
    )
    alarmed = m.observable(
        "alarmed",
        (1 - traits.evasion) * interferon * rises(infected, airway.seen),
        "1",
        "interferon response of the infected lung",
    )
    m.stimulate(ifna.secretion, airway.rate * alarmed, "infected cells")
    alive = rises(infected, airway.last, 2)
    spread = traits.growth * infected * alive * (1 - airway.guarded) * bcell.neutralised * traits.tool
    m.produce(infected, "spread", spread * (1 - infected))
    m.remove(infected, "spread that finds only lost cells", spread * site.lost)
    m.remove(infected, "infected bystanders of inflammation", site.struck * infected)
    m.move(infected, site.lost, "death of infected cells", traits.death * infected)
    killed = (
        able
        * (
            airway.cytotoxic * tcell.effector * (1 - tcell.most_tired * tcell.tired)
            + airway.natural * nk.killing
        )
        * infected
    )
    m.move(infected, site.lost, "killing of infected cells", killed)
    m.produce(il6.level, "infected cells", airway.il6_rate * rises(infected, airway.seen))
    m.produce(damp.site, "from infected cells", airway.loud * (traits.death * infected + killed))
    m.stimulate(antigen.site, infected, "infected cells")
    m.stimulate(pamp.site, rises(infected, airway.half_sensed), "nucleic acids of the virus")
    m.stimulate(burden, rises(infected, airway.half_sensed), "the infected lung")
    m.stimulate(lung.share, 1, "the site is the lung")
    m.route("airways", infected, "airways")
    m.challenge("airways", traits.dose)
    m.lab("pathogen", infected, "1", "infected cells, as a share of the lung's")
