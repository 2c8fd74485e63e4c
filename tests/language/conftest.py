"""The third language, for one test or for a module's."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
import segno

from hdmodel import Edition, released_edition
from hdmodel.reading.labels import texts_of
from tests.language.accented import forget, register, write_labels
from ui.handover import drawing
from ui.handover.offline import page

UNTRANSLATED = "Telecom business volume"  # the one label that the table has not


@pytest.fixture(scope="module")
def third(haidong: Edition, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edition]:
    """The released edition where the page speaks a third language, all labels but one translated; the one of
    all other tests is read before.
    """
    with pytest.MonkeyPatch.context() as patch:
        register(patch, tmp_path_factory.mktemp("third") / "data")
        write_labels(texts_of(released_edition()), but=[UNTRANSLATED])
        patch.setattr(drawing, "isolated", lambda *_: _picture())
        patch.setattr(page, "offline_drawing", lambda: page.Drawing("", {}))
        yield released_edition()
    forget()


def _picture() -> bytes:
    """What stands where a chart would: how one is drawn no language changes."""
    out = io.BytesIO()
    segno.make("1").save(out, kind="png")
    return out.getvalue()
