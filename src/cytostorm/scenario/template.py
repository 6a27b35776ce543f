"""The scenario that `cytostorm new` writes."""

TEMPLATE = """\
# A scenario of cytostorm. Run it with: cytostorm run {name}
# Every value is a number with its unit, in quotes. What is left out has a sensible default.
# For research and education only, never for the care of a patient.

title = "Endotoxin in healthy volunteers"

[trigger]                     # what starts it all; see: cytostorm list trigger
name = "endotoxin"
# severity = "mild"           # how bad it is, if it comes in several; see: cytostorm explain endotoxin
dose = "2 ng/kg"              # other keys are parameters of the trigger; see: cytostorm explain endotoxin

# [person]                    # what everyone has in common
# weight = "80 kg"

[population]
patients = 200
seed = 1                      # the same seed gives the same people
vary = true                   # false: everyone is the typical person

# [model]                     # what the model holds beside what the trigger brings
# include = ["my_mediator"]   # mechanisms of your own; see: cytostorm doctor

# [parameters]                # any number of the model, by its full name
# "person.weight" = "70 kg"

# [[give]]                    # a regimen by name; see: cytostorm list regimen
# regimen = "tocilizumab, CAR-T CRS label"
# time = "4 d"

# [[give]]                    # what is given at a set time; as many as you like
# what = "endotoxin"          # a drug, a support or a trigger; see: cytostorm list
# route = "iv"                # needed only if there are several
# amount = "1 ng/kg"
# time = "24 h"               # counted from the trigger
# duration = "1 h"            # 0: a bolus
# every = "8 h"               # with count = 3, or until = "72 h"

# [[rule]]                    # what is given when something is seen
# when = "temperature > 38.5 degC for 2 h, then once"
# check = "1 h"               # how often it is looked at
# what = "endotoxin"
# amount = "0.5 ng/kg"

[output]
hours = "24 h"
step = "0.1 h"
# quantities = ["il6", "tnf", "temperature"]    # all labs and scores if left out
# folder = "my-report"
"""


def template(name: str) -> str:
    """Return the commented example for a file of that name."""
    return TEMPLATE.replace("{name}", name)
