import json
import xml.etree.ElementTree as ET


def test_why_says_who_raised_it(said):
    code, out, err = said("why", "endotoxin", "il6", "--at", "2 h")
    assert code == 0
    assert out.startswith("IL-6 (il6) at 2 h:")
    assert "macrophage: secretion by macrophages" in out
    assert "research and education" in err


def test_why_as_json_adds_up(said):
    code, out, _ = said("why", "endotoxin", "temperature", "--at", "120 min", "--json")
    told = json.loads(out)
    assert code == 0
    assert told["at"] == 2.0
    assert abs(sum(c["contribution"] for c in told["causes"]) - told["change"]) < 1e-3 * abs(told["change"])


def test_why_heeds_the_options(said):
    plain = said("why", "endotoxin", "il6", "--at", "2", "--json")[1]
    less = said("why", "endotoxin", "il6", "--at", "2", "--json", "--set", "endotoxin.dose=0.1 ng/kg")[1]
    assert json.loads(less)["value"] < json.loads(plain)["value"]
    patient = said("why", "endotoxin", "il6", "--at", "2", "--json", "--patient", "0", "--seed", "4")[1]
    assert json.loads(patient)["value"] != json.loads(plain)["value"]
    window = said("why", "endotoxin", "il6", "--at", "3", "--window", "1 h", "--most", "1")[1]
    assert "over 1 h" in window
    assert "other" in window


def test_why_takes_days_as_orders_say_them(said):
    wanted = said("why", "endotoxin", "il6", "--at", "24", "--json")[1]
    for text in ("day 1", "1 d", "hour 24"):
        assert said("why", "endotoxin", "il6", "--at", text, "--json")[1] == wanted, text


def test_why_tells_mistakes(said):
    for args, words in (
        (("il6", "--at", "2 kg"), "not a time"),
        (("il66", "--at", "2"), "did you mean"),
        (("il6", "--at", "2", "--patient", "5000"), "no patient"),
        (("il6",), "--at"),
    ):
        code, out, err = said("why", "endotoxin", *args)
        assert (code, out) == (2, "")
        assert words in err


def test_wiring_is_said_drawn_and_written(said, tmp_path):
    code, out, _ = said("wiring", "endotoxin")
    assert code == 0
    assert "il10 lowers macrophage: secretion by macrophages" in out
    told = json.loads(said("wiring", "endotoxin", "--json")[1])
    assert len(told["arrows"]) == len(out.splitlines())
    assert said("wiring", "endotoxin", "-o", "a.svg")[:2] == (0, "a.svg\n")
    ET.fromstring((tmp_path / "a.svg").read_text())
    assert said("wiring", "endotoxin", "-o", "a.dot")[0] == 0
    assert (tmp_path / "a.dot").read_text().startswith("digraph")
    code, _, err = said("wiring", "endotoxin", "-o", "a.dot")
    assert code == 2
    assert "exists" in err
    code, _, err = said("wiring", "endotoxin", "-o", "a.png")
    assert code == 2
    assert ".svg or .dot" in err
