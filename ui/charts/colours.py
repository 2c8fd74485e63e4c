"""Which colours mean what?  Fact, supposition, requirement and warning, once for light and once for dark."""

from dataclasses import dataclass, fields
from typing import Final


@dataclass(frozen=True, slots=True)
class Look:
    """Colours and type sizes of the chart."""

    background: str  # what the chart stands on; also the halo behind the words
    ink: str  # totals and target
    muted: str  # period names, quarter labels
    fact: str
    carried: str
    stripe: str  # dark stripe and outline of a supposed bar
    wash: str  # pale stripe of a supposed bar
    required: str
    ghost: str
    ruler: str
    zero: str
    below: str  # the map far below target, near it, and far above
    even: str
    above: str
    card: str
    edge: str
    short: str  # a shortfall; nothing else on the page has this colour
    size: int = 20  # labels on a projector; the total is one step larger
    size_phone: int = 14


LIGHT: Final = Look(
    background="#fcfcfa",
    ink="#17201f",
    muted="#4f5b5d",
    fact="#1f6f78",
    carried="#bcd3d3",
    stripe="#2b7d86",
    wash="#eef4f3",
    required="#ad4b08",
    ghost="#7f8a8b",
    ruler="#7f8a8b",
    zero="#9aa4a4",
    below="#e3a866",
    even="#f4f2ea",
    above="#3f8b93",
    card="#ffffff",
    edge="#dcdfda",
    short="#b3370a",
)
DARK: Final = Look(
    background="#14191c",
    ink="#f3f5f2",
    muted="#b3bdbe",
    fact="#4fa3ab",
    carried="#28484d",
    stripe="#58adb5",
    wash="#1a272b",
    required="#f2a35c",
    ghost="#8d999b",
    ruler="#8d999b",
    zero="#66716f",
    below="#a8641f",
    even="#23292b",
    above="#2f7f88",
    card="#1a2125",
    edge="#384347",
    short="#ff9d6b",
)


def variables(look: Look) -> str:
    """The colours as CSS custom properties: `--fact`, `--required` and so on; `--on-paper` turns a chart of
    the dark look light where it is printed.
    """
    on_paper = "invert(1) hue-rotate(180deg)" if look == DARK else "none"
    colours = {field.name: getattr(look, field.name) for field in fields(look)}
    return (
        ":root{"
        + "".join(f"--{name}:{colour};" for name, colour in colours.items() if isinstance(colour, str))
        + f"--on-paper:{on_paper};}}"
    )
