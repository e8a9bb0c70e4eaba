"""Finds, reads, validates and keeps the rule base.

``rules/`` lies at the top of a checkout and inside an installed package. A layer is a folder with a
``rulebase.yaml``; it may extend another layer, by name or by path. The validated result is kept in the user's
cache folder under the hash of every file it came from, so that a start needs neither pydantic nor a parse; a
kept copy that cannot be read is ignored.
"""

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spectrum_cli import __version__
from spectrum_cli.files.reading import Unreadable, shown_name
from spectrum_cli.model.diagnostic import Diagnostic, Severity
from spectrum_cli.model.location import Span
from spectrum_cli.model.rulebase import RuleBase, rule_base_from_data

DEFAULT = "practice"
SEED = "peoplehub"
RULE_BASE_FILE = "rulebase.yaml"
MAX_LAYERS = 8
OWN = "own"
_KEPT_FORMAT = 3


class NoRuleBase(Exception):
    """The rule base cannot be used. It carries the diagnostics that say why."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__(diagnostics[0].message)
        self.diagnostics = diagnostics


@dataclass(frozen=True, slots=True)
class LayerFiles:
    """The files of one layer, as bytes, by their path below the layer's folder.

    ``name`` is the id that the layer gives itself, so that nothing that is kept depends on where it lay.
    """

    name: str
    folder: Path
    shipped: bool
    files: dict[str, bytes]


def rules_folder() -> Path:
    """Return the folder with the shipped layers: the package's own, or a checkout's ``rules/``.

    Raises:
        NoRuleBase: neither is there, so the installation is broken.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "rules", package.parent.parent / "rules"):
        if (folder / SEED / RULE_BASE_FILE).is_file():
            return folder
    raise NoRuleBase(
        _fault("SP901", "rules", "the shipped rule base is missing from this installation", "Install it again.")
    )


def shipped_layers() -> tuple[str, ...]:
    """Return the names of the layers that come with the program."""
    folder = rules_folder()
    return tuple(sorted(entry.name for entry in folder.iterdir() if (entry / RULE_BASE_FILE).is_file()))


def load_rule_base(name_or_folder: str = DEFAULT) -> RuleBase:
    """Return the rule base of a name or folder, with the layers that it extends.

    Raises:
        NoRuleBase: it is not there, cannot be read, or is not valid. Every fault found is named.
    """
    layers = find_layers(name_or_folder)
    digest = content_hash(layers)
    kept = _read_kept(digest)
    if kept is not None:
        return kept
    from spectrum_cli.files.rulebase_reader import validated_data

    data = validated_data(layers, digest)
    _keep(digest, data)
    return rule_base_from_data(data)


def find_layers(name_or_folder: str) -> list[LayerFiles]:
    """Return the layers of a rule base, the lowest first."""
    layers: list[LayerFiles] = []
    wanted, base = name_or_folder, Path()
    seen: set[Path] = set()
    while True:
        folder = _layer_folder(wanted, base)
        resolved = folder.resolve()
        if resolved in seen or len(layers) == MAX_LAYERS:
            raise NoRuleBase(
                _fault(
                    "SP901",
                    str(folder / RULE_BASE_FILE),
                    "this rule base extends itself in a circle" if resolved in seen else "too many layers",
                    "Let the lowest layer extend nothing.",
                )
            )
        seen.add(resolved)
        layer = _read_layer(folder)
        if layer.name in {above.name for above in layers}:
            message = f"two layers have the id {layer.name}"
            raise NoRuleBase(_fault("SP904", str(folder / RULE_BASE_FILE), message, "Give your own layer another id."))
        layers.insert(0, layer)
        extends = _stated(layer.files[RULE_BASE_FILE], "extends")
        if not extends:
            return layers
        _check_extends(layer, extends)
        wanted, base = extends, folder


def framework_of(layers: list[LayerFiles]) -> str:
    """Return whose framework a rule base is: ``peoplehub``, or ``own``.

    It is its own where a layer says so, and where the lowest layer is not the seed as it was shipped.
    """
    if any(declares_own_framework(layer) for layer in layers):
        return OWN
    lowest = layers[0]
    if lowest.shipped and lowest.folder.name == SEED:
        return SEED
    return SEED if lowest.files == _read_layer(rules_folder() / SEED).files else OWN


def declares_own_framework(layer: LayerFiles) -> bool:
    """Whether a layer says that it is a framework of its own."""
    return _stated(layer.files[RULE_BASE_FILE], "framework") == OWN


def _layer_folder(wanted: str, base: Path) -> Path:
    folder = _found_folder(wanted, base)
    if folder is None:
        message = f"there is no rule base here (a folder with a {RULE_BASE_FILE})"
        raise NoRuleBase(_fault("SP901", wanted, message, _where_rule_bases_are(wanted, base)))
    return folder


def _found_folder(wanted: str, base: Path) -> Path | None:
    candidates = [base / wanted, rules_folder() / wanted] if wanted not in ("", ".") else [base / wanted]
    if os.sep not in wanted and not wanted.startswith("."):
        candidates.reverse()
    return next((folder for folder in candidates if (folder / RULE_BASE_FILE).is_file()), None)


def _where_rule_bases_are(wanted: str, base: Path) -> str:
    if os.path.basename(wanted) == RULE_BASE_FILE and (base / wanted).is_file():
        return f"Give the folder of this file: {shown_name(os.path.dirname(wanted) or '.')}."
    import difflib

    near = difflib.get_close_matches(wanted, shipped_layers(), 1, 0.6)
    hint = f"Did you mean {near[0]}? " if near else ""
    return f"{hint}Shipped: {', '.join(shipped_layers())}. Or give the path of a folder."


def _check_extends(layer: LayerFiles, extends: str) -> None:
    """Refuse a layer that builds on what is not there, at the line that says so."""
    if _found_folder(extends, layer.folder) is not None:
        return
    lines = layer.files[RULE_BASE_FILE].decode("utf-8", "replace").splitlines()
    number, text = next((place, line) for place, line in enumerate(lines, 1) if line.startswith("extends:"))
    column = text.find(extends) + 1
    raise NoRuleBase(
        Diagnostic(
            "SP901",
            Severity.ERROR,
            f"this extends {shown_name(extends)}, and there is no such rule base",
            shown_name(str(layer.folder / RULE_BASE_FILE)),
            Span(number, column, number, column + len(extends)),
            text,
            f"{_where_rule_bases_are(extends, layer.folder)} A folder is seen from this one.",
        )
    )


def _read_layer(folder: Path) -> LayerFiles:
    files: dict[str, bytes] = {}
    root = str(folder)
    try:
        for where, folders, names in os.walk(root):
            folders[:] = sorted(entry for entry in folders if not entry.startswith("."))
            for entry in sorted(names):
                if entry.endswith((".yaml", ".yml")) and not entry.startswith("."):
                    path = os.path.join(where, entry)
                    with open(path, "rb") as stream:
                        files[os.path.relpath(path, root).replace(os.sep, "/")] = stream.read()
    except OSError as error:
        raise NoRuleBase(
            _fault("SP901", shown_name(str(error.filename)), f"this file cannot be read: {error.strerror}", "")
        ) from None
    name = _stated(files[RULE_BASE_FILE], "id") or folder.name
    return LayerFiles(name, folder, folder.parent == rules_folder(), files)


def _stated(data: bytes, key: str) -> str:
    """Return what a layer states under a key, without a full parse: it is checked when the layer is validated."""
    for line in data.decode("utf-8", "replace").splitlines():
        if line.startswith(f"{key}:"):
            return line.removeprefix(f"{key}:").partition(" #")[0].strip().strip("'\"")
    return ""


def content_hash(layers: list[LayerFiles]) -> str:
    """Return the SHA-256 over all files of all layers, as ``sha256:`` and 64 hexadecimal digits."""
    digest = hashlib.sha256()
    for layer in layers:
        for name, data in sorted(layer.files.items()):
            digest.update(f"{len(name)}:{name}:{len(data)}:".encode())
            digest.update(data)
        digest.update(b"|")
    return f"sha256:{digest.hexdigest()}"


def _kept_path(digest: str) -> Path | None:
    """Return where a validated rule base is kept, or None where there is no usable place."""
    if os.name == "nt":
        root = os.environ.get("LOCALAPPDATA", "")
    else:
        root = os.environ.get("XDG_CACHE_HOME") or (
            os.path.join(home, ".cache") if (home := os.environ.get("HOME", "")) else ""
        )
    if not root or not os.path.isabs(root):
        return None
    return Path(root, "spectrum-cli", f"rules-{_KEPT_FORMAT}-{__version__}-{digest.removeprefix('sha256:')[:32]}.json")


def _read_kept(digest: str) -> RuleBase | None:
    path = _kept_path(digest)
    if path is None:
        return None
    try:
        with open(path, "rb") as stream:
            data = json.loads(stream.read())
        if data["hash"] != digest:
            return None
        return rule_base_from_data(data)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _keep(digest: str, data: dict[str, Any]) -> None:
    """Keep a validated rule base for the next start. Failing to is no fault."""
    path = _kept_path(digest)
    if path is None:
        return
    from spectrum_cli.files.writing import CannotWrite, write_whole

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, json.dumps(data, ensure_ascii=False, separators=(",", ":")), replace=True)
    except (OSError, CannotWrite):
        return


def _fault(code: str, file: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, message, shown_name(file), hint=hint)


__all__ = ["DEFAULT", "SEED", "NoRuleBase", "Unreadable", "load_rule_base", "rules_folder", "shipped_layers"]
