"""Every name and unit of a scenario held against the model; problems are gathered, none stops the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cytostorm.errors import CytostormError, InputError, ModelError, did_you_mean
from cytostorm.model import Model, Parameter, Regimen, Rule
from cytostorm.model.dose import hours
from cytostorm.model.model import to_coherent
from cytostorm.model.rule import limit_of, quantity_of
from cytostorm.scenario.complaints import name_of
from cytostorm.scenario.fields import Give, GiveByName, RuleEntry, Scenario
from cytostorm.scenario.giving import key_at_fault, route_of
from cytostorm.scenario.ordered import Ordered, fits, unsafe, whole
from cytostorm.scenario.places import Path
from cytostorm.scenario.problems import Problem
from cytostorm.scenario.values import shown

MAX_TIMES = 100_000
"""Most moments a run is looked at."""
PERSON = "person"


class Check:
    """One scenario being checked.

    numbers : for each list of tables, the number each entry had in the file, if some were left out.
    problems : what does not fit; if empty, model, regimen and times can be used.
    """

    def __init__(self, scenario: Scenario, numbers: Mapping[str, list[int]] | None = None) -> None:
        self.scenario = scenario
        self.numbers = numbers or {}
        self.problems: list[Problem] = []
        self.model: Model | None = None
        self.regimen = Regimen()
        self.orders: list[Ordered] = []
        self.named: list[Ordered] = []
        self.end = self.step = 1.0

    def run(self) -> None:
        """Find everything that is wrong; make model, regimen and times on the way.

        Raises ModelError, or what the catalogue raises, if a mechanism is at fault and not the scenario.
        """
        from cytostorm.library.catalogue import modules

        modules()
        routes = self._routes()
        self._by_name()
        self._times()
        try:
            ways = {dose.route for _, plan in self.named for dose in plan.given}
            self.model = self._composed(set(routes.values()) | ways, self._included())
        except ModelError:
            raise
        except CytostormError as error:
            self._note(("trigger", "name"), error)
            return
        self._given(self.model, routes)
        self.model = self._replaced(self.model)
        self._kept(self.model)
        self._limits(self.model)

    # --- telling ----------------------------------------------------------------------------------

    def _path(self, path: Path) -> Path:
        """Return a path with list indices as they were in the file."""
        if len(path) > 1 and isinstance(path[1], int) and str(path[0]) in self.numbers:
            return (path[0], self.numbers[str(path[0])][path[1]], *path[2:])
        return path

    def _note(self, path: Path, error: CytostormError, *, at_key: bool = False) -> None:
        whole = self._path(path)
        what = error.thing if self.scenario.source.is_option(whole) else f"{name_of(whole)}: {error.thing}"
        self.problems.append(
            self.scenario.source.problem(whole, what, error.expected, error.remedy, at_key=at_key)
        )

    def _refuse(self, path: Path, what: str, expected: str, remedy: str, *, at_key: bool = False) -> None:
        self._note(path, InputError(what, expected, remedy), at_key=at_key)

    # --- routes -----------------------------------------------------------------------------------

    def _entries(self) -> Iterable[tuple[Path, Give | RuleEntry]]:
        given = enumerate(self.scenario.give)
        yield from ((("give", k), entry) for k, entry in given if isinstance(entry, Give))
        yield from ((("rule", k), entry) for k, entry in enumerate(self.scenario.rule))

    def _routes(self) -> dict[Path, str]:
        """Return the route "module.route" of every entry that has one."""
        found = {}
        for path, entry in self._entries():
            try:
                found[path] = route_of(entry.what, entry.route)
            except CytostormError as error:
                self._note((*path, key_at_fault(entry.what, entry.route)), error)
        return found

    def _by_name(self) -> None:
        """Make the plan of every entry that is given by name."""
        for k, entry in enumerate(self.scenario.give):
            if isinstance(entry, GiveByName):
                path = ("give", k, entry.key)
                try:
                    self.named.append((path, entry.plan()))
                except ModelError:
                    raise
                except CytostormError as error:
                    self._note(path, error)

    # --- model ------------------------------------------------------------------------------------

    def _included(self) -> list[str]:
        """Return the further mechanisms that exist; note the others."""
        from cytostorm.library.catalogue import modules

        names, known = self.scenario.model.include, list(modules())
        for k, name in enumerate(names):
            if name not in known:
                near = did_you_mean(name, known)
                self._refuse(
                    ("model", "include", k),
                    f"there is no mechanism {name!r}",
                    "a name from cytostorm list",
                    near if near.startswith("did") else "see cytostorm list",
                )
        return [name for name in dict.fromkeys(names) if name in known]

    def _composed(self, routes: set[str], include: list[str]) -> Model:
        from cytostorm.library.catalogue import model_for, numbers_for, recipe

        trigger = self.scenario.trigger
        severity = trigger.severity or recipe(trigger.name).usual
        try:
            numbers_for(trigger.name, severity)
        except InputError as error:
            self._note(("trigger", "severity"), error)
            severity = ""
        return model_for(trigger.name, sorted(routes), include, severity=severity)

    def _replaced(self, model: Model) -> Model:
        """Return the model with every number the scenario sets."""
        from cytostorm.library.catalogue import trigger_parameter

        start = self.scenario.trigger
        named = [(("trigger", k), trigger_parameter(start.name, k), v) for k, v in start.parameters.items()]
        named += [((PERSON, k), f"{PERSON}.{k}", v) for k, v in self.scenario.person.items()]
        named += [(("parameters", k), k, v) for k, v in self.scenario.parameters.items()]
        changes: dict[str, str | float] = {}
        for path, name, value in named:
            parameter = self._parameter(model, path, name)
            if parameter is None:
                continue
            if name in changes:
                self._refuse(
                    path, f"{name} is set twice", "each number once", "delete one of the two", at_key=True
                )
                continue
            try:
                to_coherent(parameter, value)
                changes[name] = value
            except CytostormError as error:
                self._note(path, error)
        return model.replace(changes)

    def _parameter(self, model: Model, path: Path, name: str) -> Parameter | None:
        """Return a parameter of the model; note the nearest names if there is none."""
        found = model.names.get(name)
        owner, _, short = name.partition(".")
        if isinstance(found, Parameter) and (path[0] != PERSON or found.covariate):
            return found
        if path[0] == "parameters" or self.scenario.source.is_option(path):
            alike = [p.name for p in model.parameters if p.short == name]
            remedy = " or ".join(repr(n) for n in alike)
            remedy = (
                f"did you mean {remedy}?" if alike else did_you_mean(name, [p.name for p in model.parameters])
            )
            self._refuse(
                path, f"no parameter of the model is called {name!r}", "a parameter", remedy, at_key=True
            )
            return None
        inside = [p for p in model.parameters if self._belongs(p, path, owner)]
        known = (["name", "severity"] if path[0] == "trigger" else []) + [p.short for p in inside]
        what = f"unknown field {shown(short)} in [{path[0]}]"
        near = did_you_mean(short, known)
        remedy = near if near.startswith("did") else "delete it"
        self.problems.append(
            self.scenario.source.problem(path, what, "one of " + ", ".join(known), remedy, at_key=True)
        )
        return None

    def _belongs(self, parameter: Parameter, path: Path, owner: str) -> bool:
        """Return whether a parameter may stand in the table of the trigger or of the person."""
        from cytostorm.library.catalogue import trigger_parameter

        if path[0] == PERSON:
            return parameter.name.startswith(f"{owner}.") and parameter.covariate
        return trigger_parameter(self.scenario.trigger.name, parameter.short) == parameter.name

    # --- what is given ----------------------------------------------------------------------------

    def _given(self, model: Model, routes: Mapping[Path, str]) -> None:
        for path, entry in self._entries():
            route = routes.get(path)
            if route is not None:
                try:
                    fits(model, route, entry.amount)
                except CytostormError as error:
                    self._note((*path, "amount"), error)
            if isinstance(entry, Give):
                self.orders.append((path, Regimen((entry.dose(route or "any.way"),))))
            else:
                rule = entry.rule(route or "any.way")
                self._readable(model, path, rule)
                self.orders.append((path, Regimen((), (rule,))))
        for path, plan in self.named:
            for rule in plan.rules:
                self._readable(model, path, rule)
        self.orders += self.named

    def _limits(self, model: Model) -> None:
        """Note orders that break the limits of their drugs, unless the scenario allows them."""
        plan = whole(self.orders)
        self.regimen = plan.allow_unsafe() if self.scenario.unsafe else plan
        if not self.problems and not self.scenario.unsafe:
            for path, error in unsafe(model, self.orders):
                self._note(path, error)

    def _readable(self, model: Model, path: Path, rule: Rule) -> None:
        """Note what a rule looks at that cannot be read off the model."""
        for seen in rule.when:
            try:
                quantity_of(model, seen)
                limit_of(seen)
            except CytostormError as error:
                self._note((*path, "when") if path[0] == "rule" else path, error)

    # --- output -----------------------------------------------------------------------------------

    def _times(self) -> None:
        """Find the moments that are kept; note if they are too many."""
        from cytostorm.library.catalogue import recipe

        out = self.scenario.output
        try:
            own = recipe(self.scenario.trigger.name)
        except CytostormError:
            return
        end = (
            hours(out.hours, "hours")
            if out.hours is not None
            else own.hours_of(self.scenario.trigger.severity)
        )
        step = hours(out.step, "step") if out.step is not None else min(own.step, end)
        if step > end:
            self._refuse(
                ("output", "step"),
                f"a step of {step:g} h is longer than the run",
                f"at most {end:g} h",
                "shorten it",
            )
        elif end / step > MAX_TIMES:
            self._refuse(
                ("output", "step" if out.step is not None else "hours"),
                f"{end / step:,.0f} moments are too many",
                f"at most {MAX_TIMES:,}, which is {MAX_TIMES * step:,.7g} h with a step of {step:g} h",
                "a longer step, or fewer hours",
            )
        else:
            self.end, self.step = end, step
        for k, rule in enumerate(self.scenario.rule):
            if end / hours(rule.check, "check") > MAX_TIMES:
                self._refuse(
                    ("rule", k, "check"),
                    "it is looked at too often",
                    f"at most {MAX_TIMES:,} times",
                    "check less",
                )

    def _kept(self, model: Model) -> None:
        names = self.scenario.output.quantities or ()
        for k, name in enumerate(names):
            path = ("output", "quantities", k)
            try:
                model.quantity(name)
            except CytostormError as error:
                self._note(path, error)
            if name in names[:k]:
                self._refuse(path, f"{name!r} is listed twice", "each quantity once", "delete one of the two")
