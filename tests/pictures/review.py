"""The picture of ``textclean review``: somebody says yes and no to what it asks."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.pictures.terminal import svg
from tests.programs import on_the_path
from tests.terminals import Sitting

NAME = "review.svg"
FILE = "小结.txt"
#: Of the seeds: lost quotation marks, a doubled phrase, what redaction ate.
TEXT = """结合党史学习教育,市卫健委号召干部带头接种疫苗。

抓住 最多跑一次 改革机遇期 提高效能。

把提质增效列入列入市十大民生实事。

截至xxxxx月底，门诊量达xx.xx万人次，比上年同期增长8.6%。
"""
COMMAND = ("textclean", "review", FILE)
# A shell that shows what is called, as one does that somebody types at.
_SHELL = ("sh", "-c", 'printf "$ %s\\n" "$*"; exec "$@"', "sh")
#: What is answered.
ANSWERS = "yyyn"


def session(folder: Path) -> Sitting:
    """Somebody answers all questions about the text, and the program has ended."""
    (folder / FILE).write_text(TEXT, encoding="utf-8")
    (folder / "textclean.toml").write_text("")
    environment = on_the_path(folder / "bin")
    environment.pop("NO_COLOR", None)
    sitting = Sitting(
        (*_SHELL, *COMMAND), folder=folder, environment=environment, columns=116, lines=40
    )
    for number, answer in enumerate(ANSWERS, 1):
        sitting.wait_for(lambda shown, so_many=number: shown.count("]?") == so_many)
        sitting.press(f"{answer}\r")
    status = sitting.end()
    assert status == 0, sitting.shown()
    return sitting


def draw() -> str:
    """The picture, as SVG."""
    with TemporaryDirectory() as temporary, session(Path(temporary)) as sitting:
        return svg(sitting.screen, "textclean review: a suggestion in its sentence, yes or no")


def make(folder: Path) -> list[str]:
    """Write the picture into a folder."""
    (folder / NAME).write_text(draw(), encoding="utf-8")
    return [NAME]
