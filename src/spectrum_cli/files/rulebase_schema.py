"""The shape of the files in a rule base, for pydantic. Unknown keys are errors everywhere.

Imported only when a rule base is read anew; a kept one needs neither pydantic nor YAML.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
VersionText = Annotated[str, StringConstraints(pattern=r"^\d+\.\d+(\.\d+)?$")]
TypeId = Literal["inform", "educate", "consult", "engage", "co-design", "co-produce"]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class SourceEntry(_Model):
    """Where a rule comes from. ``document`` is ``peoplehub``, ``practice`` or ``law``."""

    document: Literal["peoplehub", "practice", "law"]
    passage: Text
    reference: str = ""


class PassageEntry(_Model):
    id: Text
    heading: Text
    gist: Text


class RuleBaseFile(_Model):
    """``rulebase.yaml``, at the top of every layer."""

    id: Id
    title: Text
    version: VersionText
    note: Text
    extends: Text | None = None
    framework: Literal["own"] | None = None
    acknowledgement: Text | None = None
    bands: dict[TypeId, Annotated[int, Field(ge=0, le=100)]] | None = None
    passages: list[PassageEntry] = []


class InputEntry(_Model):
    system: Text
    people: Text


class SizeEntry(_Model):
    """Relative sizes for drawing only."""

    system: Annotated[float, Field(ge=0, le=6, strict=False)]
    people: Annotated[float, Field(ge=0, le=6, strict=False)]


class TypeFile(_Model):
    """``types/ID.yaml``."""

    id: TypeId
    name: Text
    side: Literal["to", "with"]
    key_question: Text
    promise: Text
    not_promised: Text
    decision: Text
    influence: Text
    who: Text
    input: InputEntry
    sizes: SizeEntry
    relationship: Text
    source: SourceEntry
    since: VersionText


class TextsFile(_Model):
    """``texts/ID.yaml``: texts of a type that a layer states anew. The key question is not among them."""

    id: TypeId
    promise: Text | None = None
    not_promised: Text | None = None
    who: Text | None = None
    input: InputEntry | None = None
    because: Text
    source: SourceEntry
    since: VersionText


class AnswerEntry(_Model):
    value: Text | bool
    text: Text
    points: Annotated[int, Field(ge=0, le=100)] | None = None


class CriterionFile(_Model):
    """``criteria/ID.yaml``. Only a criterion of openness has a weight and points."""

    id: Id
    answer: Text
    title: Text
    question: Text
    mark: Literal["seed", "seed, in part", "practice"]
    weight: Annotated[int, Field(ge=1, le=100)] | None = None
    answers: Annotated[list[AnswerEntry], Field(min_length=2)]
    because: Text
    source: SourceEntry
    since: VersionText


class CaseEntry(_Model):
    name: Text
    answers: dict[str, Any]
    outcome: Literal["holds", "fails", "unknown"]


class _RuleFile(_Model):
    id: Id
    title: Text
    when: dict[str, Any]
    because: Text
    source: SourceEntry
    since: VersionText
    cases: Annotated[list[CaseEntry], Field(min_length=3)]


class GateEffect(_Model):
    holds_to: TypeId


class GateFile(_RuleFile):
    """``gates/ID.yaml``: holds the openness to the top of one type's band."""

    effect: GateEffect


class FloorEffect(_Model):
    asks_for: TypeId


class FloorFile(_RuleFile):
    """``floors/ID.yaml``: what the need asks for at least."""

    effect: FloorEffect


class EstimateEffect(_Model):
    counts: Text
    as_: Annotated[Text, Field(alias="as")]


class EstimateFile(_RuleFile):
    """``estimates/ID.yaml``: how an unanswered question counts in the best estimate, never in what is possible."""

    effect: EstimateEffect


class NoteEffect(_Model):
    says: Text
    about: Literal["fit", "caution", "law"]


class NoteFile(_RuleFile):
    """``notes/ID.yaml``: something to say about how the decision and its type fit together."""

    effect: NoteEffect


class SupportFile(_Model):
    """``support/ID.yaml``: a prerequisite."""

    id: Id
    answer: Text
    title: Text
    needed_from: TypeId
    because: Text
    source: SourceEntry
    since: VersionText


class PlaceEntry(_Model):
    """Where one type stands in another framework; no levels where it has no such place."""

    type: TypeId
    levels: list[Text]
    note: str = ""


class CrosswalkFile(_Model):
    """``crosswalk/ID.yaml``: another framework, and where each of our types stands in it, approximately."""

    id: Id
    title: Text
    levels: Annotated[list[Text], Field(min_length=2)]
    mark: Literal["our reading", "published"]
    places: list[PlaceEntry]
    differs: Annotated[list[Text], Field(min_length=1)]
    source: SourceEntry
    since: VersionText


FOLDERS: dict[str, type[_Model]] = {
    "types": TypeFile,
    "texts": TextsFile,
    "criteria": CriterionFile,
    "gates": GateFile,
    "floors": FloorFile,
    "estimates": EstimateFile,
    "notes": NoteFile,
    "support": SupportFile,
    "crosswalk": CrosswalkFile,
}
KINDS = {"gates": "gate", "floors": "floor", "estimates": "estimate", "notes": "note"}
