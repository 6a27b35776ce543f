"""Every mistake in a file: exit code 2, its line, a remedy, and never a traceback."""

from __future__ import annotations

import pytest

from cytostorm.cli import main

pytestmark = pytest.mark.usefixtures("little_library")

HEAD = '[trigger]\nname = "endotoxin"\n'
DEEP = "[" * 50_000 + "]" * 50_000
MISTAKES = {
    "typo of a field": (
        '[[give]]\nwhat = "tocilizumab"\nammount = "8 mg/kg"',
        5,
        1,
        "unknown field 'ammount' in [[give]] number 1",
        "remedy: did you mean 'amount'?",
    ),
    "typo of a table": (
        "[populaton]\npatients = 3",
        3,
        1,
        "unknown field 'populaton'",
        "did you mean 'population'?",
    ),
    "typo of a parameter of the trigger": (
        'dos = "1 ng/kg"',
        3,
        1,
        "unknown field 'dos'",
        "did you mean 'dose'?",
    ),
    "typo of a covariate": (
        '[person]\nweigth = "80 kg"',
        4,
        1,
        "'weigth' in [person]",
        "did you mean 'weight'?",
    ),
    "typo of a parameter": (
        '[parameters]\n"il6.halflife" = "20 min"',
        4,
        1,
        "'il6.halflife'",
        "did you mean 'il6.half_life'",
    ),
    "typo of a drug": (
        '[[give]]\nwhat = "tocilizumap"\namount = "8 mg/kg"',
        4,
        8,
        "'tocilizumap'",
        "did you mean 'tocilizumab'?",
    ),
    "typo of a quantity": ('[output]\nquantities = ["il6", "il66"]', 4, 22, "'il66'", "did you mean 'il6'?"),
    "unknown lab in a rule": (
        '[[rule]]\nwhen = "crp > 75 mg/L"\nwhat = "tocilizumab"\namount = "8 mg/kg"',
        4,
        8,
        "'crp'",
        "known:",
    ),
    "unit of a lab in a rule": (
        '[[rule]]\nwhen = "il6 > 39 degC"\nwhat = "tocilizumab"\namount = "8 mg/kg"',
        4,
        8,
        "'39 degC'",
        "il6 > 39 pg/mL",
    ),
    "rule that cannot be read": (
        '[[rule]]\nwhen = "when hot"\nwhat = "tocilizumab"\namount = "8 mg/kg"',
        4,
        8,
        "'when hot'",
        "remedy:",
    ),
    "rule that never gives": (
        '[[rule]]\nwhen = "il6 > 3 pg/mL, then at most 0"\nwhat = "tocilizumab"\namount = "8 mg/kg"',
        4,
        8,
        "rule never gives anything",
        "then once",
    ),
    "rule without a unit": (
        '[[rule]]\nwhen = "il6 > 39"\nwhat = "tocilizumab"\namount = "8 mg/kg"',
        4,
        8,
        "'39', which has no unit",
        "il6 > 39 pg/mL",
    ),
    "flag with a unit": (
        '[[rule]]\nwhen = "il6 > 39 pg/mL and not temperature"\nwhat = "tocilizumab"\namount = "8 mg/kg"',
        4,
        8,
        "whether 'temperature' holds",
        "compare it, such as temperature > 1 degC",
    ),
    "time in a rule without a unit": (
        '[[rule]]\nwhen = "time >= 3"\nwhat = "tocilizumab"\namount = "8 mg/kg"',
        4,
        8,
        "'3', which has no unit",
        "time >= 3 h",
    ),
    "state in a rule": (
        '[[rule]]\nwhen = "il6.plasma > 3 pg/mL"\nwhat = "tocilizumab"\namount = "8 mg/kg"',
        4,
        8,
        "no ward measures",
        "see cytostorm list",
    ),
    "name in a rule as on paper": (
        '[[rule]]\nwhen = "IL6 > 39 and on oxygen, once"\nwhat = "tocilizumab"\namount = "8 mg/kg"',
        4,
        8,
        "name 'on oxygen' holds a space",
        "write 'il6', and a unit after 39 unless it is a score; write 'on_oxygen'",
    ),
    "ending of a rule": (
        '[[rule]]\nwhen = "il6 > 3 pg/mL, twice"\nwhat = "tocilizumab"\namount = "8 mg/kg"',
        4,
        8,
        "ending 'twice' at character 16",
        "write such as",
    ),
    "wrong unit of the trigger": ('dose = "2 mL"', 3, 8, "given in 'mL'", "write it in 'ng/kg'"),
    "no unit": ('dose = "2"', 3, 8, "without a unit", "write '2 ng/kg'"),
    "unknown unit": ('dose = "2 ng/kgg"', 3, 8, "unit 'ng/kgg' cannot be read", "did you mean 'kg'?"),
    "wrong unit of a drug": (
        '[[give]]\nwhat = "tocilizumab"\namount = "8 mL"',
        5,
        10,
        "'8 mL'",
        "'mg' or 'mg/kg'",
    ),
    "drug without unit": ('[[give]]\nwhat = "tocilizumab"\namount = 8', 5, 10, "8 has no unit", '"8 mg/kg"'),
    "time in the wrong unit": (
        '[[give]]\nwhat = "tocilizumab"\namount = "8 mg"\ntime = "2 kg"',
        6,
        8,
        "is not a time",
        "write '2 h'",
    ),
    "negative dose": (
        '[[give]]\nwhat = "tocilizumab"\namount = "-8 mg/kg"',
        5,
        10,
        "negative",
        "turn the sign",
    ),
    "negative dose of the trigger": ('dose = "-2 ng/kg"', 3, 8, "negative", "turn the sign"),
    "NaN": ("dose = nan", 3, 8, "nan is not a finite number", "write a plain number"),
    "NaN as text": ('dose = "nan ng/kg"', 3, 8, "'nan ng/kg' is not a number with a unit", "number first"),
    "infinity": ("[parameters]\nil6.half_life = -inf", 4, 17, "-inf is not a finite number", "plain number"),
    "too large for a float": ('dose = "1e999 ng/kg"', 3, 8, "not finite", "check the exponent"),
    "code in a value": (
        "dose = \"__import__('os').system('x')\"",
        3,
        8,
        "is not a number with a unit",
        "write the number first",
    ),
    "a shell in a value": ('dose = "2 ng/kg; rm -rf /"', 3, 8, "cannot be read", "a product of powers"),
    "tower of powers": ('dose = "1 9^9^9^9^9 ng/kg"', 3, 8, "a power that no unit has", "write it out"),
    "tower of brackets": ('dose = "1 (((9^9)^9)^9)^9"', 3, 8, "a power that no unit has", "write it out"),
    "tower in a time": ("[output]\nhours = '1 h**99'", 4, 9, "a power that no unit has", "write it out"),
    "tower in a rule": (
        '[[rule]]\nwhen = "il6 > 1 9^9^9^9^9"\nwhat = "tocilizumab"\namount = "8 mg/kg"',
        4,
        8,
        "a power that no unit has",
        "write it out",
    ),
    "code in a rule": (
        '[[rule]]\nwhen = "__import__(\'os\') > 1 h"\nwhat = "tocilizumab"\namount = "8 mg/kg"',
        4,
        8,
        "cannot be read",
        "join several",
    ),
    "folder elsewhere": ('[output]\nfolder = "../../etc"', 4, 10, "leads elsewhere", "use --out"),
    "key given twice": (
        'dose = "1 ng/kg"\ndose = "2 ng/kg"',
        4,
        1,
        "given twice (first in line 3)",
        "in line 3",
    ),
    "table given twice": ("[person]\n[person]", 4, 1, "table [person] is given twice", "in line 3"),
    "parameter given twice": (
        '[parameters]\nil6.half_life = 3\n"il6.half_life" = 4',
        3,
        1,
        "'il6.half_life' is given twice",
        "delete one",
    ),
    "parameter set in two tables": (
        'dose = "1 ng/kg"\n[parameters]\n"endotoxin.dose" = "2 ng/kg"',
        5,
        1,
        "endotoxin.dose is set twice",
        "delete one",
    ),
    "no TOML": ("dose = 2 ng/kg", 3, 10, "this is not TOML", "put text in quotes"),
    "open quote": ('dose = "2 ng/kg', 3, 15, "this is not TOML", "close what is open"),
    "deep nesting": (f"dose = {DEEP}", 3, None, "nesting is deeper than 8 levels", "write it flat"),
    "deep dotted key": ("a." * 50_000 + "b = 1", 3, 1, "nesting is deeper than 8 levels", "write it flat"),
    "long text": (f'dose = "{"9" * 20_000}"', 3, 8, "text of 20,002 characters is too long", "shorten it"),
    "too many entries": ("x = [" + "1," * 20_000 + "]", 3, None, "more than 10,000 entries", "split it"),
    "text for a number": ('[population]\npatients = "ten"', 4, 12, "'ten', which is text", "without quotes"),
    "number for a truth": ("[population]\nvary = 1", 4, 8, "1, which is a number", "true or false"),
    "truth for a number": (
        "[population]\npatients = true",
        4,
        12,
        "which is true or false",
        "a whole number",
    ),
    "truth for a value": ("dose = true", 3, 8, "true is no number with a unit", "remedy:"),
    "list for a value": ("dose = [1]", 3, 8, "[1] is no number with a unit", "remedy:"),
    "date for a value": ("dose = 1979-05-27", 3, 8, "is no number with a unit", "remedy:"),
    "value for a table": ("[population]\n[output]\nhours = {}", 5, 9, "{} is no time", "remedy:"),
    "one pair of brackets": (
        '[give]\nwhat = "tocilizumab"',
        3,
        1,
        "which is a table",
        "[[give]] before each",
    ),
    "too many patients": ("[population]\npatients = 1000001", 4, 12, "is 1000001", "within the limits"),
    "no patients": ("[population]\npatients = 0", 4, 12, "is 0", "within the limits"),
    "negative seed": ("[population]\nseed = -1", 4, 8, "is -1", "within the limits"),
    "large seed": (f"[population]\nseed = {2**63}", 4, 8, "seed in [population]", "within the limits"),
    "format to come": ("format = 2\n" + HEAD, 1, 10, "format is 2", "update cytostorm"),
    "missing amount": (
        '[[give]]\nwhat = "tocilizumab"',
        3,
        1,
        "'amount' is missing",
        'add amount = "1 ng/kg"',
    ),
    "route that is none": (
        '[[give]]\nwhat = "tocilizumab"\nroute = "oral"\namount = "8 mg/kg"',
        5,
        9,
        "no route 'oral'",
        "known: iv",
    ),
    "route to choose": (
        '[[give]]\nwhat = "paracetamol"\namount = "1 g"',
        4,
        8,
        "in several ways",
        "add a route",
    ),
    "what cannot be given": (
        '[[give]]\nwhat = "il6"\namount = "1 g"',
        4,
        8,
        "it has no route",
        "name a drug",
    ),
    "count without interval": (
        '[[give]]\nwhat = "tocilizumab"\namount = "8 mg"\ncount = 3',
        3,
        1,
        "no interval",
        'every = "24 h"',
    ),
    "interval without end": (
        '[[give]]\nwhat = "tocilizumab"\namount = "8 mg"\nevery = "1 h"',
        3,
        1,
        "no end",
        "count = 3",
    ),
    "count and until": (
        '[[give]]\nwhat = "tocilizumab"\namount = "8 mg"\nevery = "1 h"\ncount = 2\nuntil = "9 h"',
        3,
        1,
        "both count and until",
        "delete one",
    ),
    "until before the start": (
        '[[give]]\nwhat = "tocilizumab"\namount = "8 mg"\ntime = "9 h"\nevery = "1 h"\nuntil = "2 h"',
        3,
        1,
        "until is before",
        "later until",
    ),
    "endless giving": (
        '[[give]]\nwhat = "tocilizumab"\namount = "8 mg"\nevery = "1e-300 h"\nuntil = "1e8 h"',
        3,
        1,
        "repeated",
        "stop earlier",
    ),
    "endless looking": (
        '[[rule]]\nwhen = "il6 > 1 pg/mL"\ncheck = "1e-9 h"\nwhat = "tocilizumab"\namount = "8 mg"',
        5,
        9,
        "looked at too often",
        "check less",
    ),
    "endless run": ('[output]\nhours = "1e8 h"', 4, 9, "moments are too many", "fewer hours"),
    "step longer than the run": (
        '[output]\nhours = 1\nstep = "2 h"',
        5,
        8,
        "longer than the run",
        "shorten it",
    ),
    "infinitely many patients": (
        "[population]\npatients = inf",
        4,
        12,
        "patients in [population] is inf —",
        "write such as 200",
    ),
    "typo of what to include": (
        '[model]\ninclude = ["il6", "paracetamoll"]',
        4,
        19,
        "there is no mechanism 'paracetamoll'",
        "did you mean 'paracetamol'?",
    ),
    "run of a century": ("[output]\nhours = 1e9", 4, 9, "is too long", "shorter time"),
    "no hours": ("[output]\nhours = 0", 4, 9, "0 is no time span", "remedy:"),
}


def run(tmp_path, capsys, content):
    file = tmp_path / "scenario.toml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    code = main(["run", str(file), "--no-report"])
    said = capsys.readouterr()
    assert said.out == ""
    assert "Traceback" not in said.err
    return code, said.err


@pytest.mark.parametrize("kind", MISTAKES)
def test_mistake_is_told(kind, tmp_path, capsys):
    body, line, column, what, remedy = MISTAKES[kind]
    code, said = run(tmp_path, capsys, body if body.startswith("format") else HEAD + body)
    assert code == 2
    assert what in said
    assert remedy in said
    end = "" if column is None else f"{column}\n"
    assert f"scenario.toml, line {line}, column {end}" in said
    assert "  remedy: " in said
    assert len(said) < 5000


def test_format_of_a_message(tmp_path, capsys):
    body = '[[give]]\nwhat = "tocilizumab"\nammount = "8 mg/kg"\n\n[trigger]\nname = "endotoxin"\n'
    _, said = run(tmp_path, capsys, body)
    assert said == (
        "error: unknown field 'ammount' in [[give]] number 1 — scenario.toml, line 3, column 1\n"
        '   3 | ammount = "8 mg/kg"\n'
        "     | ^^^^^^^\n"
        "  expected: one of what, route, amount, duration, time, every, count, until\n"
        "  remedy: did you mean 'amount'?\n"
    )


def test_all_problems_at_once(tmp_path, capsys):
    """Shape and meaning are told together, in the order of the file, and numbers of tables stay right."""
    body = (
        HEAD + 'dose = "2 mL"\n[population]\npatients = "ten"\n[[give]]\nwhat = "tocilizumab"\n'
        '[[give]]\nwhat = "nothing"\namount = "1 mg"\n[output]\nquantities = ["il7"]\n'
    )
    code, said = run(tmp_path, capsys, body)
    assert code == 2
    blocks = said.strip().split("\n\n")
    assert [block.split("line ")[1].split(",")[0] for block in blocks] == ["3", "5", "6", "9", "12"]
    assert "what in [[give]] number 2: there is no drug or support 'nothing'" in blocks[3]


def test_all_faults_of_one_entry(tmp_path, capsys):
    """A typo of a field does not hide an unknown drug, nor a missing amount."""
    body = '[[rule]]\nwhat = "il6"\n[[give]]\nwhat = "tocilizumap"\nrout = "iv"\n'
    body += '[[give]]\nwhat = "tocilizumab"\nroute = "oral"\ntme = 3\namount = "1 mg"\n'
    code, said = run(tmp_path, capsys, HEAD + body)
    assert code == 2
    for words in (
        "'when' is missing in [[rule]] number 1",
        "what in [[rule]] number 1: 'il6' cannot be given",
        "'amount' is missing in [[give]] number 1",
        "unknown field 'rout' in [[give]] number 1",
        "what in [[give]] number 1: there is no drug or support 'tocilizumap' — scenario.toml, line 6",
        "unknown field 'tme' in [[give]] number 2",
        "route in [[give]] number 2: 'tocilizumab' has no route 'oral' — scenario.toml, line 10",
    ):
        assert words in said
    assert said.count("error: ") == 8


def test_ten_megabytes_are_refused_unread(tmp_path, capsys):
    code, said = run(tmp_path, capsys, HEAD + 'dose = "' + "9" * 10_000_000 + '"')
    assert code == 2
    assert "the file holds 10,000," in said
    assert "at most 1,000,000 bytes" in said
    assert len(said) < 500


def test_not_utf8(tmp_path, capsys):
    code, said = run(tmp_path, capsys, HEAD.encode() + b'title = "\xff"')
    assert code == 2
    assert "the text is not UTF-8 — scenario.toml, line 3, column 10" in said


def test_nothing_a_terminal_obeys_is_printed(tmp_path, capsys):
    code, said = run(
        tmp_path, capsys, HEAD + '"\x1b[31m\u202e" = 1'.replace("\x1b", "\\u001b") + "\n[\u202e]"
    )
    assert code == 2
    assert "\x1b" not in said
    assert "\u202e" not in said


def test_missing_file_and_folder(tmp_path, capsys):
    (tmp_path / "fever.toml").write_text(HEAD)
    for target in (tmp_path / "fevr.toml", tmp_path / "sub.toml" / "x.toml", tmp_path, "a\0b.toml"):
        assert main(["run", f"{target}/" if target == tmp_path else str(target)]) == 2
        assert "remedy:" in capsys.readouterr().err
    main(["run", str(tmp_path / "fevr.toml")])
    assert "did you mean 'fever.toml'?" in capsys.readouterr().err
