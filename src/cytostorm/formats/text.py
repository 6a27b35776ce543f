"""A module's equations as plain lines, for terminals."""

from __future__ import annotations

from cytostorm.formats.tables import public_name, states_and_readouts
from cytostorm.model import Module


def process_lines(module: Module) -> list[str]:
    """Return what the module does: read-outs, processes, plugs, routes; one line each."""
    readouts = states_and_readouts(module)[1]
    lines = [f"{public_name(o)} [{o.unit}] = {o.expression}" for o in readouts]
    for process in module.processes:
        moves = ", ".join(
            f"{'' if c.could_extract_minus_sign() else '+'}{c} {s.name}" for s, c in process.changes
        )
        lines.append(f"{process.name}: {moves} at {process.rate}")
    for socket, term, why in module.plugs:
        verb = "multiplies" if socket.kind == "gain" else "adds to"
        lines.append(f"{verb} {socket.name}: {term}" + (f" ({why})" if why else ""))
    lines += [f"route {r.full}: {r.label}, into {r.species.name}" for r in module.routes.values()]
    return lines + [
        f"ending {e.full}: {e.label}, when {e.species.name} reaches {e.threshold}"
        for e in module.endings.values()
    ]
