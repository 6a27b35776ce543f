"""The pages of drugs, as the manual writes them; their pictures are left to the build of the manual."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs" / "_ext"


def test_pages_tell_each_regimen_with_its_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(DOCS))
    monkeypatch.setenv("CYTOSTORM_DOCS_DRUGS", "")
    import drug_pages as drugs

    texts = drugs.sections(tmp_path)
    assert (
        "| COVID-19 | COVID-19 that needs oxygen | 6 mg dexamethasone.oral at 0 h every 24 h"
        in texts["dexamethasone"]
    )
    assert "In a storm" not in texts["dexamethasone"]
    assert drugs.storm_of("dexamethasone") == ("sars_cov_2", "severe")
    assert not list(tmp_path.glob("*.svg"))
    sys.modules.pop("drug_pages")
