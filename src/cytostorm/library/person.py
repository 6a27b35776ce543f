"""The person: what is true of him or her before anything happens."""

from cytostorm.model import Module, Normal

m = Module(
    "person",
    "person",
    "the person",
    about="A healthy young adult, as volunteers of endotoxin studies are. Comorbidity comes with the organs "
    "it strikes.",
)

weight = m.covariate(
    "weight",
    75.0,
    "kg",
    "body weight",
    source="assumed",
    note="typical of young volunteers; doses are per kg",
    spread=Normal(9.0, low=50.0, high=110.0),
    usual=(40.0, 150.0),
)
