"""Words for what is known of a patient beside the laboratory: diseases, infections, treatments, courses."""

from __future__ import annotations

from dataclasses import dataclass

INFECTION, AUTOIMMUNE, INHERITED, MALIGNANCY, WEAK, THERAPY, EXPERIMENT, COURSE, DRUG = (
    "infection", "autoimmune disease", "inherited defect", "malignancy", "weak immunity", "therapy",
    "experiment", "course", "drug",
)  # fmt: skip


@dataclass(frozen=True)
class Term:
    """A thing that may be known of a patient.

    kind : what sort of thing it is. spelled : other words for it.
    facts : the yes-or-no facts of criteria that follow from it.
    sure : for an infection, whether it is found, not only suspected.
    says : what a treatment makes hard to read, as a sentence. blurs : the facts that it makes hard to read.
    """

    name: str
    kind: str
    spelled: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    sure: bool = True
    says: str = ""
    blurs: tuple[str, ...] = ()


INFECTED = ("infection",)
WEAKENED = ("immunosuppressed",)
CALMED = ("fever_treated",)
CELLS = ("immune_cells",)

CAUSES = (
    Term("infection", INFECTION, ("suspected infection", "sepsis suspected"), INFECTED, sure=False),
    Term("bacterial infection", INFECTION, (
        "bacteraemia", "bacteremia", "positive blood culture", "pneumonia", "peritonitis", "meningitis",
        "urosepsis", "pyelonephritis", "cholangitis", "meningococcus", "bacteria",
    ), INFECTED),
    Term("fungal infection", INFECTION, ("candidaemia", "aspergillosis", "histoplasmosis"), INFECTED),
    Term("parasite", INFECTION, ("malaria", "leishmaniasis", "visceral leishmaniasis"), INFECTED),
    Term("tuberculosis", INFECTION, ("TB",), INFECTED),
    Term("viral infection", INFECTION, ("virus", "CMV", "dengue", "adenovirus", "parvovirus"), INFECTED),
    Term("influenza", INFECTION, ("flu",), INFECTED),
    Term("EBV", INFECTION, ("Epstein-Barr virus", "infectious mononucleosis"), INFECTED),
    Term("COVID-19", INFECTION, ("COVID", "SARS-CoV-2"), (
        *INFECTED, "covid_symptoms", "infected",
    )),
    Term("recent COVID-19", COURSE, (
        "COVID-19 weeks ago", "recent COVID", "recent SARS-CoV-2", "antibodies to SARS-CoV-2",
    ), ("covid_recent",)),
    Term("sJIA", AUTOIMMUNE, (
        "systemic juvenile idiopathic arthritis", "systemic JIA", "systemic juvenile arthritis",
        "suspected sJIA",
    ), ("sjia",)),
    Term("adult-onset Still's disease", AUTOIMMUNE, ("AOSD", "Still's disease", "adult Still")),
    Term("lupus", AUTOIMMUNE, ("SLE", "systemic lupus erythematosus")),
    Term("Kawasaki disease", AUTOIMMUNE, ("Kawasaki",)),
    Term("other autoimmune disease", AUTOIMMUNE, (
        "autoimmune disease", "rheumatoid arthritis", "dermatomyositis", "vasculitis",
    )),
    Term("inherited defect", INHERITED, (
        "HLH mutation", "PRF1", "perforin defect", "UNC13D", "STX11", "STXBP2", "RAB27A", "SH2D1A", "XIAP",
        "familial HLH",
    ), ("molecular_diagnosis",)),
    Term("affected sibling", INHERITED, ("sibling with HLH", "brother with HLH", "sister with HLH")),
    Term("consanguinity", INHERITED, ("related parents", "consanguineous parents")),
    Term("infant", INHERITED, ("baby",)),
    Term("lymphoma", MALIGNANCY, ("T-cell lymphoma", "B-cell lymphoma", "Hodgkin lymphoma", "DLBCL")),
    Term("leukaemia", MALIGNANCY, ("leukemia", "ALL", "AML")),
    Term("myeloma", MALIGNANCY, ("multiple myeloma",)),
    Term("cancer", MALIGNANCY, ("malignancy", "tumour", "tumor", "carcinoma", "melanoma")),
    Term("HIV", WEAK, ("AIDS",), WEAKENED),
    Term("transplant", WEAK, ("organ transplant", "kidney transplant", "stem cell transplant"), WEAKENED),
    Term("immunosuppressed", WEAK, ("immunosuppression",), WEAKENED),
    Term("neutropenia", WEAK, ("neutropenic",)),
    Term("CAR-T", THERAPY, (
        "CAR T cells", "CART", "axicabtagene", "tisagenlecleucel", "brexucabtagene", "lisocabtagene",
        "idecabtagene", "ciltacabtagene",
    ), CELLS),
    Term("immune effector cells", THERAPY, ("TCR-T", "TIL", "CAR-NK"), CELLS),
    Term("bispecific", THERAPY, (
        "bispecific antibody", "blinatumomab", "teclistamab", "epcoritamab", "glofitamab", "mosunetuzumab",
        "talquetamab", "elranatamab", "tarlatamab", "tebentafusp",
    )),
    Term("superagonist antibody", THERAPY, ("TGN1412", "theralizumab", "anti-CD28", "CD28 superagonist")),
    Term("T-cell antibody", THERAPY, (
        "antithymocyte globulin", "ATG", "alemtuzumab", "muromonab", "OKT3",
    )),
    Term("checkpoint inhibitor", THERAPY, (
        "nivolumab", "pembrolizumab", "ipilimumab", "atezolizumab", "durvalumab", "cemiplimab",
    )),
    Term("endotoxin", EXPERIMENT, ("LPS", "endotoxin given", "lipopolysaccharide")),
    Term("CRS", COURSE, ("cytokine release syndrome",), ("fever_before",)),
    Term("CRS over", COURSE, ("CRS resolved", "CRS ended", "CRS improved", "after CRS", "second wave"), (
        "after_crs", "fever_before",
    )),
)  # fmt: skip
