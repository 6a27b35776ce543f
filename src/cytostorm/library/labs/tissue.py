"""What the fluid of the inflamed tissue holds, as lavage would show, and what there is of damage."""

from cytostorm.library.cells import inflamed, monocyte, secretome
from cytostorm.library.kinetics import falls, rises
from cytostorm.library.mediators import damp, il10
from cytostorm.library.organs import site
from cytostorm.model import Module

m = Module("tissue", "lab", "the tissue where it starts")

by_tolerance = m.assumed(
    "by_tolerance", 0.7, "1", "share of HLA-DR lost at full tolerance", "a third of rest in immunoparalysis"
)
by_damage = m.assumed(
    "by_damage",
    0.6,
    "1",
    "share of HLA-DR lost when much of the tissue is damaged",
    "half of it goes for a week after severe trauma: suppressor cells come from the marrow",
)
half_damage = m.assumed("half_damage", 0.1, "1", "damaged tissue of half that", "a tenth of the site")
least = m.assumed("least", 0.1, "1", "share of HLA-DR left at any IL-10", "some is always found on monocytes")
m.lab("tissue_tnf", secretome.tissue_tnf, "pg/mL", "TNF at the site")
m.lab("tissue_il6", secretome.tissue_il6, "pg/mL", "IL-6 at the site")
m.lab("tissue_il10", inflamed.tissue_il10, "pg/mL", "IL-10 at the site")
m.lab("tissue_ifng", inflamed.tissue_ifng, "pg/mL", "interferon-γ at the site")
m.lab("tissue_lost", site.lost, "1", "share of the tissue lost")
m.lab("alarmins", damp.body, "1", "alarmins in the circulation")
m.lab(
    "hla_dr",
    (least + (1 - least) * falls((il10.level - il10.baseline) * il10.passed, monocyte.half_il10, 2))
    * (1 - by_tolerance * inflamed.tolerance)
    * (1 - by_damage * rises(site.lost, half_damage)),
    "1",
    "HLA-DR on monocytes, relative to rest: low in immunoparalysis",
)
