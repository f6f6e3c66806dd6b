"""What judging finds, before it is put into words."""

from dataclasses import dataclass

from etl.reading.facts import Milestone
from etl.reading.judging.readings import Reading
from etl.reading.judging.stated import Stated


@dataclass(frozen=True)
class Finding:
    """A verdict, its reason, the sentence that tells it, and the figures that it rests on.

    `truth` is what the claim is held against, `other` the figure that explains a miss or the
    vintage that took its place.
    """

    verdict: str
    reason: str | None
    key: str
    truth: Reading | None = None
    other: Reading | None = None
    claim: Stated | None = None
    events: tuple[Milestone, ...] = ()
