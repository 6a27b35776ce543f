"""Hockin 2002: from a trace of tissue factor to a burst of thrombin.

M. F. Hockin, K. C. Jones, S. J. Everse, K. G. Mann: A model for the stoichiometric regulation of blood
coagulation. Journal of Biological Chemistry 277 (2002) 18322-18333, doi 10.1074/jbc.M201173200.
34 species and 42 rate constants, as curated in BIOMD0000000335. One table of reactions builds the module.

Reproduced: the peak of thrombin after 25 pM of tissue factor, and that there is hardly any below a threshold.

For research and education only, never for the care of a patient.
"""

import math

import numpy as np

import cytostorm as cs

m = cs.Module("hockin2002", "organ", "coagulation, extrinsic pathway")

START = {  # nmol/L in normal plasma; all other species begin at none
    "tf": 0.025, "vii": 10.0, "viia": 0.1, "x": 160.0, "ix": 90.0, "ii": 1400.0, "viii": 0.7, "v": 20.0,
    "tfpi": 2.5, "atiii": 3400.0,
}  # fmt: skip

# name of the rate constant, its value, what goes in, what comes out. Two going in: L/(mol*s); one: 1/s.
REACTIONS = (
    ("k1", 3.1e-3, "tf_vii", "tf vii"), ("k2", 3.2e6, "tf vii", "tf_vii"),
    ("k3", 3.1e-3, "tf_viia", "tf viia"), ("k4", 2.3e7, "tf viia", "tf_viia"),
    ("k5", 4.4e5, "tf_viia vii", "tf_viia viia"),
    ("k6", 1.3e7, "xa vii", "xa viia"),
    ("k7", 2.3e4, "iia vii", "iia viia"),
    ("k8", 1.05, "tf_viia_x", "tf_viia x"), ("k9", 2.5e7, "tf_viia x", "tf_viia_x"),
    ("k10", 6.0, "tf_viia_x", "tf_viia_xa"),
    ("k11", 19.0, "tf_viia_xa", "tf_viia xa"), ("k12", 2.2e7, "tf_viia xa", "tf_viia_xa"),
    ("k13", 2.4, "tf_viia_ix", "tf_viia ix"), ("k14", 1e7, "tf_viia ix", "tf_viia_ix"),
    ("k15", 1.8, "tf_viia_ix", "tf_viia ixa"),
    ("k16", 7.5e3, "xa ii", "xa iia"),
    ("k17", 2e7, "iia viii", "iia viiia"),
    ("k18", 5e-3, "ixa_viiia", "ixa viiia"), ("k19", 1e7, "ixa viiia", "ixa_viiia"),
    ("k20", 1e-3, "ixa_viiia_x", "ixa_viiia x"), ("k21", 1e8, "ixa_viiia x", "ixa_viiia_x"),
    ("k22", 8.2, "ixa_viiia_x", "ixa_viiia xa"),
    ("k23", 2.2e4, "viiia1_l viiia2", "viiia"), ("k24", 6e-3, "viiia", "viiia1_l viiia2"),
    ("k25", 1e-3, "ixa_viiia_x", "viiia1_l viiia2 x ixa"),
    ("k25", 1e-3, "ixa_viiia", "viiia1_l viiia2 ixa"),
    ("k26", 2e7, "iia v", "iia va"),
    ("k27", 0.2, "xa_va", "xa va"), ("k28", 4e8, "xa va", "xa_va"),
    ("k29", 103.0, "xa_va_ii", "xa_va ii"), ("k30", 1e8, "xa_va ii", "xa_va_ii"),
    ("k31", 63.5, "xa_va_ii", "xa_va miia"),
    ("k32", 1.5e7, "miia xa_va", "iia xa_va"),
    ("k33", 3.6e-4, "xa_tfpi", "xa tfpi"), ("k34", 9e5, "xa tfpi", "xa_tfpi"),
    ("k35", 1.1e-4, "tf_viia_xa_tfpi", "tf_viia_xa tfpi"),
    ("k36", 3.2e8, "tf_viia_xa tfpi", "tf_viia_xa_tfpi"),
    ("k37", 5e7, "tf_viia xa_tfpi", "tf_viia_xa_tfpi"),
    ("k38", 1.5e3, "xa atiii", "xa_atiii"),
    ("k39", 7.1e3, "miia atiii", "miia_atiii"),
    ("k40", 490.0, "ixa atiii", "ixa_atiii"),
    ("k41", 7.1e3, "iia atiii", "iia_atiii"),
    ("k42", 230.0, "tf_viia atiii", "tf_viia_atiii"),
)  # fmt: skip

start = {
    name: m.parameter(f"{name}_0", value, "nmol/L", f"{name} at the start", source="Hockin2002")
    for name, value in START.items()
}
names = sorted({name for _, _, before, after in REACTIONS for name in f"{before} {after}".split()})
species = {
    name: m.species(name, "nmol/L", name.replace("_", "·"), initial=start.get(name, 0), scale=1e-6)
    for name in names
}
constants: dict[str, cs.model.Parameter] = {}
for key, value, before, after in REACTIONS:
    left, right = before.split(), after.split()
    if key not in constants:
        unit = "1/s" if len(left) == 1 else "L/(mol*s)"
        constants[key] = m.parameter(key, value, unit, f"{before} to {after}", source="Hockin2002")
    net = {name: right.count(name) - left.count(name) for name in {*left, *right}}  # enzymes come out again
    rate = constants[key] * math.prod(species[name] for name in left)
    m.react(f"{before} to {after}", rate, {species[name]: net[name] for name in sorted(net) if net[name]})

# What goes round and is never made or lost: checked of every process when the model is composed.
for part, hidden in {"tf": (), "tfpi": (), "atiii": (), "x": ("xa",), "ix": ("ixa",), "v": ("va",)}.items():
    held = [name for name in names if {part, *hidden} & set(name.split("_"))]
    m.conserve(f"all {part}", sum(species[name] for name in held))

model = cs.compose(m)
SECONDS = np.arange(0, 1201)


def thrombin(tissue_factor: float = 0.025) -> np.ndarray:
    """Return thrombin (factor IIa) in nmol/L at SECONDS after a concentration of tissue factor in nmol/L."""
    run = cs.simulate(
        model.replace({"hockin2002.tf_0": tissue_factor}),
        times=SECONDS / 3600,
        rtol=1e-8,
        quantities=["hockin2002.iia"],
    )
    return run["hockin2002.iia"].values[0]


if __name__ == "__main__":
    print(len(model.species), "species,", len(constants), "rate constants")
    for picomolar in (1, 5, 25, 50):
        seen = thrombin(picomolar / 1000)
        print(f"{picomolar:2d} pM of tissue factor: thrombin peaks at {seen.max():.4g} nM,", end=" ")
        print(f"after {SECONDS[seen.argmax()]} s" if seen.max() > 10 else "below the threshold")
