"""Sites whose master keys lie in their own data folder, as those of whoever sets none."""

import pytest


@pytest.fixture(autouse=True)
def keys_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PERSONAL_KEY")
