"""What the pages of a portfolio's report show: plain values, made by scanner.portfolio.overview."""

from scanner.model import Criticality, Difficulty, Kind, Value, Verdict


class TechnologyLine(Value, frozen=True, kw_only=True):
    id: str
    name: str
    kind: Kind
    verdict: Verdict
    score: int | None
    owner: str
    """The owner's name."""
    severity: int
    projects: int
    components: int
    difficulty: Difficulty
    summary: str
    way_out: str
    how: str
    """The part of it that the rule record says."""


class ActorLine(Value, frozen=True, kw_only=True):
    id: str
    name: str
    jurisdiction: str | None
    stopped: int
    """Projects that use something flagged of it at run time."""
    projects: int
    flagged: tuple[str, ...]
    """Ids of technologies."""
    technologies: int
    severity: int | None


class ProjectLine(Value, frozen=True, kw_only=True):
    name: str
    owner: str
    criticality: Criticality | None
    failed: bool
    verdict: Verdict
    score: int | None
    components: int
    flagged: int
    technologies: tuple[int, ...]
    """Places in the list of technologies."""


class LossLine(Value, frozen=True, kw_only=True):
    """What one loss does to the portfolio."""

    loss: str
    """As `outlast portfolio backhoe --lose` takes it."""
    name: str
    gone: tuple[str, ...]
    """Ids of technologies."""
    degraded: int
    projects: int
    vital: int
    important: int
    packages: int
    """Those that stop, and those that can no longer be installed."""
    cut_off: int


class RunLine(Value, frozen=True, kw_only=True):
    run: int
    day: str
    projects: int
    failed: int
    components: int
    packages: int
    technologies: int
    flagged: int
    score: float | None


class ChangeLine(Value, frozen=True, kw_only=True):
    what: str
    subject: str
    before: str | None
    after: str | None


class GapLine(Value, frozen=True, kw_only=True):
    """What could not be looked at for one reason."""

    stage: str
    reason: str
    count: int
    subjects: tuple[str, ...]
    """The first few."""


class CommonsLine(Value, frozen=True, kw_only=True):
    """A commons, and its share of what the portfolio should give."""

    technology: str
    name: str
    share: float
    projects: int
    severity: int
    url: str
    kind: str


class View(Value, frozen=True, kw_only=True):
    """The whole report."""

    name: str
    version: str
    rules: int
    offline: bool
    runs: tuple[RunLine, ...]
    """Oldest first; the last is the one that is shown."""
    verdicts: dict[Verdict, int]
    """Projects by verdict, without those that failed."""
    technologies_by_verdict: dict[Verdict, int]
    custody_known: int
    actors: tuple[ActorLine, ...]
    technologies: tuple[TechnologyLine, ...]
    projects: tuple[ProjectLine, ...]
    """Gravest first."""
    losses: tuple[LossLine, ...]
    """Actors without whom something stops."""
    jurisdictions: tuple[LossLine, ...]
    changes: tuple[ChangeLine, ...]
    """Since the run before."""
    gaps: tuple[GapLine, ...]
    commons: tuple[CommonsLine, ...]
