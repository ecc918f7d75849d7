"""What the wheel holds: the package and nothing else."""

from __future__ import annotations

import tomllib

from tests.seeds import ROOT


def test_training_is_not_in_the_wheel() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel == {"include": ["/textclean", "/textclean_zh.py"]}


def test_the_package_imports_nothing_of_the_tools() -> None:
    for path in (ROOT / "textclean").rglob("*.py"):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert not [
            line for line in lines if line.strip().startswith(("from tools", "import tools"))
        ]
