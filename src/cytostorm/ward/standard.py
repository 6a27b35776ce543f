"""Long tables of anyone, in the names and units of the catalogue."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cytostorm.errors import InputError
from cytostorm.ward.analyte import TOLD
from cytostorm.ward.analytes import everything, named
from cytostorm.ward.mapping import Column, Mapping
from cytostorm.ward.target import target


def standard(table: pd.DataFrame) -> pd.DataFrame:
    """Return a long table whose analytes are called and measured as in the catalogue.

    table : with analyte,
    value and unit; without a column of units all are taken to be the catalogue's. Analytes that
    are not in the catalogue stay as they are; rows without a value, which tell that nothing is known,
    are left out.
    Raises InputError if an analyte is in a unit that cannot be converted.
    """
    table = table[~np.isnan(table["value"].to_numpy(float))]
    if "unit" not in table:
        return table
    name, unit = table["analyte"].astype(str).to_numpy(), table["unit"].astype(str).to_numpy()
    strange = {
        (a, u): rows
        for (a, u), rows in pd.DataFrame({"a": name, "u": unit})
        .groupby(["a", "u"], sort=False)
        .indices.items()
        if named(a) is not None and not (a in everything() and u == everything()[a].unit)
    }
    if not strange:
        return table
    name, value = name.astype(object), table["value"].to_numpy(float).copy()
    note = (
        table["note"].astype(object).to_numpy().copy() if "note" in table else np.full(len(table), "", object)
    )
    for (a, u), rows in strange.items():
        found = target(a, u, Column(), Mapping(usual_units=True))
        if found.refused:
            raise InputError(f"{a} {found.refused}", "a unit that can be converted", "convert it first")
        value[rows] = [found.converted(v) for v in value[rows]]
        name[rows] = found.kept.name
        if found.in_moles:
            note[rows] = TOLD
    return table.assign(analyte=name, value=value, note=note)
