"""Plan of a night: guests, their times and doors, the codes they show and the verdicts due. Pure.

Everything follows from the seed, so that a night can be played again.
"""

import random
from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from hub.model.base import Direction

Text = Literal["genuine", "forged", "garbage"]
WireName = Literal["REST", "WebSocket"]

STANDARD, BALCONY, COME_AND_GO = "Standard", "Balcony", "Come and go"
GARBAGE = ("https://example.org/menu", "WIFI:S:Guests;P:secret;;", "4006381333931", "not:a:code", "::")
LARGEST_PARTY = 6
WAVES = 5


class Show(msgspec.Struct, frozen=True, kw_only=True):
    """Presentation of a code by a guest: at one door, or at several at the same moment."""

    doors: tuple[int, ...]
    direction: Direction = "in"
    text: Text = "genuine"


class Guest(msgspec.Struct, frozen=True, kw_only=True):
    """Ticket and the story of its evening. `arrives` runs from 0 to 1 over the night."""

    number: int
    story: str
    product: str
    paid: bool
    arrives: float
    shows: tuple[Show, ...]
    expects: tuple[str, ...]
    """The verdicts of all its scans, sorted, since two doors at one moment may answer either way round."""


class DoorPlan(msgspec.Struct, frozen=True, kw_only=True):
    """Door and the wire that its phone speaks over; `products` None takes all."""

    name: str
    wire: WireName
    products: tuple[str, ...] | None = None

    def takes(self, product: str) -> bool:
        """Return whether tickets of `product` may pass here."""
        return self.products is None or product in self.products


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """Guests who are booked at once. `single`: one guest, by POST /api/tickets."""

    guests: tuple[Guest, ...]
    single: bool


class Night(msgspec.Struct, frozen=True, kw_only=True):
    """Plan of a night."""

    doors: tuple[DoorPlan, ...]
    guests: tuple[Guest, ...]
    parties: tuple[Party, ...]

    @property
    def scans(self) -> int:
        """The number of scans in the plan."""
        return sum(len(show.doors) for guest in self.guests for show in guest.shows)


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """Kind of guest: a share of every hundred, and the verdicts due to their scans."""

    share: int
    expects: tuple[str, ...]
    product: str = STANDARD
    doors: int = 1
    """With fewer doors than this, the story cannot be played."""


PLAIN = "comes in"
STORIES: Mapping[str, Story] = {
    PLAIN: Story(share=68, expects=("admitted",)),
    "sits on the balcony": Story(share=6, product=BALCONY, expects=("admitted",)),
    "shows it twice": Story(share=4, expects=("admitted", "already_scanned")),
    "shows it at two doors at once": Story(share=4, product=BALCONY, doors=2, expects=("admitted", "already_scanned")),
    "goes out and comes back": Story(share=5, product=COME_AND_GO, expects=("admitted", "admitted", "exited")),
    "leaves and may not come back": Story(share=2, expects=("admitted", "already_scanned", "exited")),
    "goes to the wrong door first": Story(share=4, doors=2, expects=("admitted", "wrong_door")),
    "forged it": Story(share=2, expects=("bad_signature",)),
    "shows something else": Story(share=1, expects=("invalid_code",)),
    "has not paid": Story(share=2, expects=("unpaid",)),
    "leaves before coming": Story(share=2, expects=("admitted", "not_inside")),
}


def plan_night(seed: int, guests: int, doors: int) -> Night:
    """Return the night of `seed`: each story occurs at least once where there are guests enough."""
    chance = random.Random(seed)
    door_plans = _plan_doors(doors)
    stories = _stories(guests, doors)
    chance.shuffle(stories)
    planned = tuple(_guest(number, story, door_plans, chance) for number, story in enumerate(stories))
    return Night(doors=door_plans, guests=planned, parties=_parties(planned, chance))


def _plan_doors(count: int) -> tuple[DoorPlan, ...]:
    """Every second phone on the WebSocket; the last of several doors leads to the balcony only."""
    wires: tuple[WireName, WireName] = ("REST", "WebSocket")
    doors = [DoorPlan(name=f"Door {number + 1}", wire=wires[number % 2]) for number in range(count)]
    if count > 1:
        doors[-1] = msgspec.structs.replace(doors[-1], name="Balcony stairs", products=(BALCONY,))
    return tuple(doors)


def _stories(guests: int, doors: int) -> list[str]:
    stories = [
        name
        for name, story in STORIES.items()
        if name != PLAIN and story.doors <= doors
        for _ in range(max(1, guests * story.share // 100))
    ]
    return [*stories[:guests], *[PLAIN] * (guests - len(stories))]


def _guest(number: int, name: str, doors: Sequence[DoorPlan], chance: random.Random) -> Guest:
    story = STORIES[name]
    return Guest(
        number=number,
        story=name,
        product=story.product,
        paid=name != "has not paid",
        arrives=_arrival(chance),
        shows=_shows(name, story.product, doors, chance),
        expects=story.expects,
    )


def _arrival(chance: random.Random) -> float:
    """Guests come in waves: each train, each bar that closes, brings some at once."""
    wave = chance.randrange(WAVES) / WAVES
    return min(max(0.0, wave + chance.gauss(0.5, 0.15) / WAVES), 1.0)


def _shows(name: str, product: str, doors: Sequence[DoorPlan], chance: random.Random) -> tuple[Show, ...]:
    right = [number for number, door in enumerate(doors) if door.takes(product)]
    wrong = [number for number in range(len(doors)) if number not in right]

    def enter() -> Show:
        return Show(doors=(chance.choice(right),))

    def leave() -> Show:
        return Show(doors=(chance.choice(right),), direction="out")

    match name:
        case "shows it twice":
            return enter(), enter()
        case "shows it at two doors at once":
            return (Show(doors=tuple(sorted(chance.sample(right, 2)))),)
        case "goes out and comes back" | "leaves and may not come back":
            return enter(), leave(), enter()
        case "goes to the wrong door first":
            return Show(doors=(chance.choice(wrong),)), enter()
        case "forged it":
            return (Show(doors=(chance.choice(right),), text="forged"),)
        case "shows something else":
            return (Show(doors=(chance.choice(right),), text="garbage"),)
        case "leaves before coming":
            return leave(), enter()
    return (enter(),)


def _parties(guests: Sequence[Guest], chance: random.Random) -> tuple[Party, ...]:
    """Let guests book together who pay together; every third books alone."""
    paying = [guest for guest in guests if guest.paid]
    parties = [Party(guests=(guest,), single=False) for guest in guests if not guest.paid]
    while paying:
        size = 1 if chance.random() < 1 / 3 else chance.randint(2, LARGEST_PARTY)
        together, paying = tuple(paying[:size]), paying[size:]
        parties.append(Party(guests=together, single=len(together) == 1))
    return tuple(parties)


def shown_text(show: Show, guest: Guest, code: str) -> str:
    """Return the text that the phone reads: the guest's code, the same with another signature, or no code at all."""
    match show.text:
        case "garbage":
            return GARBAGE[guest.number % len(GARBAGE)]
        case "forged":
            data, _, signature = code.partition(":")
            return f"{data}:{signature[::-1][2:]}{signature[-2:]}"
    return code
