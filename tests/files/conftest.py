"""The reader's tests run with both of PyYAML's parsers, which must not differ."""

import pytest

from spectrum_cli.files import yaml_source

LOADERS = {"libyaml": yaml_source._FastLoader, "pure": yaml_source._PureLoader}


@pytest.fixture(params=sorted(LOADERS))
def each_loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Read with libyaml, and then as where PyYAML was built without it."""
    monkeypatch.setattr(yaml_source, "_FastLoader", LOADERS[request.param])
    return str(request.param)


@pytest.fixture
def without_libyaml(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read as where PyYAML was built without libyaml."""
    monkeypatch.setattr(yaml_source, "_FastLoader", yaml_source._PureLoader)
