"""What treatments make hard to read, in words: general knowledge of assays and drugs, without numbers."""

from __future__ import annotations

from cytostorm.ward.context_terms import CALMED, DRUG, WEAK, Term

DRUGS = (
    Term(
        "tocilizumab", DRUG, ("sarilumab", "IL-6 receptor antibody"), CALMED,
        says="the liver no longer makes CRP and fever is held down, so that low CRP and no fever say little; "
        "IL-6 in blood rises because its receptor is blocked, which is no worsening by itself",
        blurs=("crp", "temperature", "fever", "il6", "fibrinogen"),
    ),
    Term(
        "siltuximab", DRUG, ("IL-6 antibody",), CALMED,
        says="IL-6 assays fail while the antibody is in blood; low CRP and no fever say little",
        blurs=("il6", "crp", "temperature", "fever"),
    ),
    Term(
        "anakinra", DRUG, ("canakinumab", "IL-1 blockade"), CALMED,
        says="fever and CRP may be lower than the disease would make them",
        blurs=("temperature", "fever", "crp"),
    ),
    Term(
        "emapalumab", DRUG, ("interferon-gamma antibody",), CALMED,
        says="interferon-gamma in blood is bound to the antibody and cannot be read; CXCL9 tells how much "
        "of it still acts",
    ),
    Term(
        "steroids", DRUG, ("dexamethasone", "methylprednisolone", "prednisolone", "prednisone",
        "hydrocortisone", "corticosteroids"), CALMED,
        says="fever and CRP fall, neutrophils rise and lymphocytes fall by the steroid itself; a marrow "
        "taken later may show less",
        blurs=(
            "temperature", "fever", "crp", "neutrophils", "lymphocytes", "wbc", "nlr", "haemophagocytosis",
        ),
    ),
    Term(
        "ruxolitinib", DRUG, ("JAK inhibitor", "baricitinib", "tofacitinib"), CALMED,
        says="fever and CRP fall, and blood counts fall by the drug itself",
        blurs=("temperature", "fever", "crp", "platelets", "haemoglobin", "neutrophils", "new_cytopenia"),
    ),
    Term(
        "antipyretic", DRUG, ("paracetamol", "acetaminophen", "ibuprofen", "metamizole"), CALMED,
        says="no fever says little", blurs=("temperature", "fever"),
    ),
    Term(
        "lymphodepletion", DRUG, ("fludarabine", "cyclophosphamide", "chemotherapy", "etoposide"),
        says="low blood counts are expected from it, and fever without neutrophils may be infection",
        blurs=("neutrophils", "platelets", "haemoglobin", "wbc", "lymphocytes", "new_cytopenia"),
    ),
    Term(
        "long-term immunosuppressant", WEAK, ("azathioprine", "ciclosporin", "tacrolimus", "mycophenolate",
        "methotrexate"), ("immunosuppressed",),
        says="blood counts may be low by the drug itself", blurs=("wbc", "neutrophils", "platelets"),
    ),
    Term(
        "G-CSF", DRUG, ("filgrastim",), says="neutrophils rise by the drug itself",
        blurs=("neutrophils", "wbc", "nlr"),
    ),
    Term(
        "asparaginase", DRUG, ("pegaspargase",),
        says="fibrinogen falls and triglycerides and AST rise by the drug itself",
        blurs=("fibrinogen", "triglycerides", "ast", "alt", "pt_prolongation"),
    ),
    Term(
        "propofol", DRUG, ("lipid infusion", "parenteral nutrition"),
        says="triglycerides rise by the fat of the infusion", blurs=("triglycerides",),
    ),
    Term(
        "transfusion", DRUG, ("red cells given", "platelets given"),
        says="counts are those after it, and many transfusions raise ferritin by iron",
        blurs=("haemoglobin", "platelets", "ferritin"),
    ),
    Term(
        "plasma given", DRUG, ("plasma", "cryoprecipitate", "fibrinogen given"),
        says="fibrinogen and clotting times are those after it",
        blurs=("fibrinogen", "pt_prolongation", "inr", "coagulopathy"),
    ),
)  # fmt: skip
