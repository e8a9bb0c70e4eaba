"""The reader's tests run with both of PyYAML's parsers, which must not differ."""

import pytest

from spectrum_cli.files import yaml_loaders, yaml_source

LOADERS = {
    "libyaml": yaml_source.loader_for,
    "guarded libyaml": lambda _text: yaml_loaders.fast_loader,
    "pure": lambda _text: yaml_loaders.PureLoader,
}


@pytest.fixture(params=sorted(LOADERS))
def each_loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Read with libyaml, and then as where PyYAML was built without it."""
    monkeypatch.setattr(yaml_source, "loader_for", LOADERS[request.param])
    return str(request.param)
