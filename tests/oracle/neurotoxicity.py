"""Neurotoxicity after cellular therapy: the ICE score and the ICANS grade (ASTCT 2019)."""

from tests.oracle.spec import Choice, Flag, Number


def ice(p):
    points = 0
    if p["knows_year"]:
        points += 1
    if p["knows_month"]:
        points += 1
    if p["knows_city"]:
        points += 1
    if p["knows_hospital"]:
        points += 1
    points += p["objects_named"]
    if p["follows_command"]:
        points += 1
    if p["writes_sentence"]:
        points += 1
    if p["counts_back_by_tens"]:
        points += 1
    return {"points": points}


def icans(p):
    return {"grade": max(_cognition(p), _arousal(p), _seizure(p), _motor(p), _oedema(p))}


def _cognition(p):
    if p["age_y"] < 12:
        return _capd(p["capd"])
    score = p["ice"]
    if score == 10:
        return 0
    if score >= 7:
        return 1
    if score >= 3:
        return 2
    return 3  # 0 to 2, awake: who cannot be woken has grade 4 from arousal


def _capd(score):
    if score == 0:
        return 0
    if score <= 8:
        return 1
    return 3


def _arousal(p):
    if p["arousal"] == "unarousable":
        return 4
    if p["arousal"] == "tactile":
        return 3
    if p["arousal"] == "voice":
        return 2
    return 0


def _seizure(p):
    if p["seizure"] in {"prolonged", "repetitive"}:
        return 4
    if p["seizure"] in {"resolves_rapidly", "nonconvulsive_resolves"}:
        return 3
    return 0


def _motor(p):
    if p["motor_focal_weakness"]:
        return 4
    return 0


def _oedema(p):
    if p["edema_icp"] == "none":
        return 0
    if p["edema_icp"] == "focal_edema":
        return 3
    return 4


SCORES = {"ICE": ice, "ASTCT-ICANS-2019": icans}

INPUTS = {
    "ICE": {
        "knows_year": Flag(),
        "knows_month": Flag(),
        "knows_city": Flag(),
        "knows_hospital": Flag(),
        "objects_named": Number(0, 3, 0, (), "count"),
        "follows_command": Flag(),
        "writes_sentence": Flag(),
        "counts_back_by_tens": Flag(),
    },
    "ASTCT-ICANS-2019": {
        "age_y": Number(12, 90, 0, (), "a"),
        "ice": Number(0, 10, 0, (0, 2, 3, 6, 7, 9, 10), "points"),
        "arousal": Choice(("spontaneous", "voice", "tactile", "unarousable")),
        "seizure": Choice(("none", "resolves_rapidly", "nonconvulsive_resolves", "prolonged", "repetitive")),
        "motor_focal_weakness": Flag(),
        "edema_icp": Choice(
            (
                "none",
                "focal_edema",
                "diffuse_edema",
                "posturing",
                "cn_vi_palsy",
                "papilledema",
                "cushing_triad",
            )
        ),
    },
}

# A child under 12 years is scored by CAPD in place of ICE.
OPTIONAL = {
    "ASTCT-ICANS-2019": {
        "age_y": Number(1, 90, 0, (12,), "a"),
        "capd": Number(0, 32, 0, (0, 1, 8, 9), "points"),
    }
}
