"""Dendritic cells: they carry antigen to T cells once danger has woken them."""

from cytostorm.library.cells import inflamed
from cytostorm.library.kinetics import rises
from cytostorm.library.mediators import antigen
from cytostorm.model import LogNormal, Module

m = Module(
    "dendritic",
    "cell",
    "dendritic cells",
    about="The share that has matured and presents antigen. Subsets are left out.",
)

maturing = m.assumed("maturing", 0.06, "1/h", "rate of maturing", "within a day", spread=LogNormal(1.2))
loss = m.assumed("loss", 0.03, "1/h", "loss of mature cells", "they live a day or two")
half = m.assumed("half", 0.01, "1", "antigen of half maturing", "less than engages T cells")
mature = m.species("mature", "1", "mature dendritic cells", scale=0.01, within=(0, 1))
calm = m.assumed("calm", 0.1, "1", "maturing without danger, against that in danger", "steady turnover")
half_danger = m.assumed("half_danger", 0.3, "1", "danger of half waking", "they wake before macrophages do")
danger = calm + rises(inflamed.danger_site + inflamed.danger_body, half_danger)
m.produce(mature, "maturing", maturing * rises(antigen.site + antigen.organs, half) * danger * (1 - mature))
m.remove(mature, "loss", loss * mature)
