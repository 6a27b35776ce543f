"""Analytes of hospital tables that no criterion asks for: kept, converted and drawn, but not graded."""

from __future__ import annotations

from cytostorm.criteria.facts import Fact
from cytostorm.ward.listed import CYTOKINE, GIGA, MMOL, NONE, PG, Listed, adult, kit, own, sexes

CELLS, SHARE = (0, 1000), (0, 100)


def _cytokine(name: str, label: str, loinc: str, spelled: str, high: float = NONE) -> tuple[Fact, Listed]:
    return own(name, PG, label, (0, 1e7), Listed(loinc, spelled, kit(high), CYTOKINE))


BLOOD = (
    own("rbc", "10^12/L", "red blood cells", (0.3, 10), Listed("789-8", "red blood cell count|red blood cells|erythrocytes", sexes((4.3, 5.8), (3.8, 5.1), (3.9, 5.3)))),
    own("monocytes", GIGA, "monocytes", CELLS, Listed("742-7", "monocytes count|monocyte count|monocytes abs", adult(0.2, 0.8))),
    own("eosinophils", GIGA, "eosinophils", CELLS, Listed("711-2", "eosinophil count|eosinophils count|eosinophils abs", adult(0, 0.5))),
    own("basophils", GIGA, "basophils", CELLS, Listed("704-7", "basophil count|basophil count #|basophils count|basophils abs", adult(0, 0.1))),
    own("neutrophil_share", "%", "neutrophils of white cells", SHARE, Listed("770-8", "neutrophils %|neutrophil %|% neutrophil", adult(40, 75))),
    own("monocyte_share", "%", "monocytes of white cells", SHARE, Listed("5905-5", "monocytes %|monocyte %", adult(2, 10))),
    own("eosinophil_share", "%", "eosinophils of white cells", SHARE, Listed("713-8", "eosinophils %|eosinophil %", adult(0, 6))),
    own("basophil_share", "%", "basophils of white cells", SHARE, Listed("706-2", "basophil %|basophils %", adult(0, 1))),
    own("mcv", "fL", "mean volume of red cells", (30, 200), Listed("787-2", "mean corpuscular volume", adult(80, 100))),
    own("mch", "pg", "mean haemoglobin of a red cell", (5, 80), Listed("785-6", "mean corpuscular hemoglobin|mean corpuscular haemoglobin", adult(27, 33))),
    own("mchc", "g/L", "haemoglobin of red cells by volume", (150, 550), Listed("786-4", "mean corpuscular hemoglobin concentration|mean corpuscular haemoglobin concentration", adult(315, 360))),
    own("rdw", "%", "spread of red cells' volume", (5, 60), Listed("788-0", "red blood cell distribution width|rdw cv", adult(11.5, 14.5))),
    own("rdw_sd", "fL", "spread of red cells' volume, SD", (10, 200), Listed("21000-5", "rbc distribution width sd", adult(37, 50))),
    own("mpv", "fL", "mean volume of platelets", (3, 30), Listed("32623-1", "mean platelet volume", adult(7.5, 12.5))),
    own("pdw", "fL", "spread of platelets' volume", (1, 60), Listed("32207-3", "plt distribution width|platelet distribution width", adult(9, 17))),
    own("large_platelets", "%", "large platelets of all", SHARE, Listed("48386-7", "platelet large cell ratio", adult(13, 43))),
    own("plateletcrit", "%", "volume of platelets in blood", (0, 5), Listed("51637-7", "thrombocytocrit", adult(0.15, 0.35))),
    own("esr", "mm/h", "erythrocyte sedimentation rate", (0, 200), Listed("30341-2", "erythrocyte sedimentation rate|sedimentation rate", adult(NONE, 20))),
)  # fmt: skip
CLOTTING = (
    own("pt", "s", "prothrombin time", (5, 300), Listed("5902-2", "prothrombin time", adult(11.5, 14.5))),
    own("prothrombin_activity", "%", "prothrombin activity", (0, 250), Listed("5894-1", "prothrombin activity|quick", adult(75, 125))),
    own("aptt", "s", "activated partial thromboplastin time", (10, 400), Listed("14979-9", "activation of partial thromboplastin time|activated partial thromboplastin time|ptt", adult(25, 35))),
    own("thrombin_time", "s", "thrombin time", (5, 400), Listed("3243-3", "thrombin time|tt", adult(14, 19))),
    own("antithrombin", "%", "antithrombin activity", (0, 250), Listed("27811-9", "antithrombin iii|at iii", adult(80, 120))),
    own("fdp", "ug/mL", "fibrin degradation products", (0, 5000), Listed("", "fibrin degradation products|fibrinogen degradation products", adult(NONE, 5))),
    own("d_dimer_units", "mg/L", "D-dimer, D-dimer units (DDU)", (0, 1000), Listed("48066-5", "", adult(NONE, 0.25), "D-dimer units (DDU) are about half of fibrinogen equivalents (FEU)")),
)  # fmt: skip
CHEMISTRY = (
    own("urea_nitrogen", MMOL, "urea nitrogen", (0, 150), Listed("3094-0", "bun|blood urea nitrogen", adult(2.5, 7.1), becomes="urea"), molar=28.014),
    own("direct_bilirubin", "mg/dL", "bilirubin, direct", (0, 100), Listed("1968-7", "direct bilirubin|conjugated bilirubin", adult(0, 0.3)), molar=584.66),
    own("indirect_bilirubin", "mg/dL", "bilirubin, indirect", (0, 100), Listed("1971-1", "indirect bilirubin|unconjugated bilirubin", adult(0, 1.0)), molar=584.66),
    own("alp", "U/L", "alkaline phosphatase", (0, 2e4), Listed("6768-6", "alkaline phosphatase", adult(40, 130))),
    own("ggt", "U/L", "gamma-glutamyl transferase", (0, 2e4), Listed("2324-2", "gamma glutamyl transpeptidase|gamma glutamyl transferase|gamma gt", adult(NONE, 60))),
    own("total_protein", "g/L", "protein, total", (10, 200), Listed("2885-2", "protein total|total protein", adult(60, 83))),
    own("globulin", "g/L", "globulin", (1, 150), Listed("10834-0", "globulins", adult(20, 35))),
    own("cholesterol", MMOL, "cholesterol, total", (0, 60), Listed("2093-3", "total cholesterol", adult(NONE, 5.2)), molar=386.65),
    own("glucose", MMOL, "glucose", (0, 150), Listed("2345-7 14749-6 15074-8", "blood glucose|blood sugar", adult(3.9, 6.1)), molar=180.16),
    own("uric_acid", "umol/L", "uric acid", (0, 3000), Listed("3084-1", "urate|uric acid", adult(140, 420)), molar=168.11),
    own("calcium", MMOL, "calcium, total", (0.5, 6), Listed("17861-6", "serum calcium|total calcium", adult(2.15, 2.55)), molar=40.08),
    own("corrected_calcium", MMOL, "calcium, corrected for albumin", (0.5, 6), Listed("29265-6", "corrected calcium", adult(2.15, 2.55)), molar=40.08),
    own("nt_probnp", PG, "NT-proBNP", (0, 1e6), Listed("33762-6", "nt probnp|amino terminal brain natriuretic peptide precursor nt probnp|amino terminal brain natriuretic peptide precursor", adult(NONE, 125))),
    own("troponin_t", "ng/mL", "troponin T", (0, 1e3), Listed("6598-7 67151-1", "cardiac troponin t|hs tnt", adult(NONE, 0.014), "the 99th centile differs between kits")),
    own("procalcitonin", "ng/mL", "procalcitonin", (0, 5000), Listed("33959-8", "pct", adult(NONE, 0.05))),
    own("cortisol", "nmol/L", "cortisol", (0, 1e4), Listed("14675-3", "serum cortisol", adult(140, 690)), molar=362.46),
    own("urine_volume", "mL", "urine since the entry before", (0, 2e4), Listed("9187-6", "urine output|diuresis|urine volume")),
)  # fmt: skip
IMMUNITY = (
    own("cd3", "cells/uL", "CD3 T cells", (0, 1e6), Listed("8122-4", "cd3 cells|t cells", adult(700, 2100))),
    own("cd4", "cells/uL", "CD4 T cells", (0, 1e6), Listed("24467-3", "cd4 cells|cd4 count", adult(400, 1500))),
    own("cd8", "cells/uL", "CD8 T cells", (0, 1e6), Listed("14135-8", "cd8 cells|cd8 count", adult(200, 1000))),
    own("nk", "cells/uL", "NK cells", (0, 1e5), Listed("", "nk cells|natural killer cells", adult(90, 600))),
    own("treg", "cells/uL", "regulatory T cells", (0, 1e5), Listed("", "regulatory t cells")),
    own("car_t_cells", "cells/uL", "CAR T cells", (0, 1e6), Listed("", "car t|car t cells")),
    own("igg", "g/L", "immunoglobulin G", (0, 200), Listed("2465-3", "immunoglobulin g", adult(7, 16))),
    own("hla_dr", "", "HLA-DR on monocytes, relative to rest", (0, 10), Listed("", "hla dr")),
)  # fmt: skip
CYTOKINES = (
    _cytokine("tnf", "TNF", "3074-2", "tumor necrosis factoralpha|tumor necrosis factor alpha|tumour necrosis factor alpha|tnf alpha|tnfalpha|tnf a", 14.5),
    _cytokine("il1b", "IL-1β", "13629-1", "interleukin 1beta|interleukin 1 beta|il 1beta|il1beta|il 1b", 7.4),
    _cytokine("il2", "IL-2", "33939-0", "interleukin 2|il 2", 2.1),
    _cytokine("il4", "IL-4", "", "interleukin 4|il 4", 2.5),
    _cytokine("il8", "IL-8", "33211-4", "interleukin 8|il 8|cxcl8", 9.4),
    _cytokine("il10", "IL-10", "26848-2", "interleukin 10|il 10", 5.3),
    _cytokine("il12", "IL-12", "", "interleukin 12|il 12|il12p70", 4.7),
    _cytokine("il17", "IL-17A", "", "interleukin 17|il 17|il17a|il 17a", 2.2),
    _cytokine("il18", "IL-18", "", "interleukin 18|il 18", 477),
    _cytokine("ifng", "interferon-γ", "27415-9", "interferon gamma|ifn gamma|ifn g|ifngamma", 10.4),
    _cytokine("ifna", "interferon-α2", "", "interferon alpha|ifn alpha|ifn a"),
    _cytokine("il1ra", "IL-1RA", "", "interleukin 1 receptor antagonist|il 1ra"),
    _cytokine("il7", "IL-7", "", "interleukin 7|il 7"),
    _cytokine("il15", "IL-15", "", "interleukin 15|il 15"),
    _cytokine("gmcsf", "GM-CSF", "", "gm csf"),
    _cytokine("gcsf", "G-CSF", "", "g csf"),
    _cytokine("cxcl9", "CXCL9", "", "mig"),
    _cytokine("cxcl10", "CXCL10", "", "ip 10|ip10"),
    _cytokine("ccl2", "CCL2", "", "mcp 1|mcp1"),
    _cytokine("tgfb", "TGF-β", "", "tgf beta|transforming growth factor beta"),
    _cytokine("stimulated_tnf", "TNF that blood makes when stimulated", "", "ex vivo tnf"),
    own("sgp130", "ng/mL", "soluble gp130", (0, 1e5), Listed("", "soluble gp130")),
    own("sil6r", "ng/mL", "soluble IL-6 receptor", (0, 1e5), Listed("", "sil 6r")),
    own("ang2", "ng/mL", "angiopoietin-2", (0, 1e4), Listed("", "angiopoietin 2")),
    own("supar", "ng/mL", "soluble urokinase receptor", (0, 1e3), Listed("", "soluble urokinase plasminogen activator receptor")),
)  # fmt: skip
EVERY = (*BLOOD, *CLOTTING, *CHEMISTRY, *IMMUNITY, *CYTOKINES)
