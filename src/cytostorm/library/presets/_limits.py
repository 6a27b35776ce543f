"""What a reader of any storm's results must know."""

MONTH = 672.0
"""Four weeks, in hours."""
PLAUSIBLE = (
    "No row of this trigger was there to calibrate on: it is held by the laws that every storm "
    "obeys, and is plausible, "
    "not calibrated."
)
UNTREATED = (
    "Everybody is given oxygen up to a saturation of 92 %, and antibiotics in sepsis. Nobody is given a "
    "ventilator, fluids or vasopressors, nor a drug, that was not ordered; the hazard of death is that of "
    "patients who had the usual care of their time."
)
SMALL = "People differ in what is known to vary; families of genes and pregnancy are left out."
CHILD = (
    "A child's pressure, heart rate, creatinine and lymphocytes at rest are those of its age; "
    "the scores read its pressure as an adult's would be; all else is an adult's."
)
