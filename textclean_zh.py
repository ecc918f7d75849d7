"""The way in of the command ``textclean``: the name of the distribution, as a module.

On PyPI the name ``textclean`` is taken, since 2014, by a package of somebody else that also puts a
folder ``textclean`` into site-packages. Installed into one environment the two write over each
other's ``__init__.py``, and uninstalling either takes it away. pip says nothing of this. Then
nothing in that folder can be imported, a message in it neither: it has to be said here.
"""

from __future__ import annotations

import sys
from pathlib import Path

# In both languages: which one is asked for is known to the package that cannot be imported.
_BROKEN = """\
error: {folder} is not as textclean-zh was installed. The package `textclean` on PyPI is somebody \
else's and uses the same folder: installing or uninstalling it breaks this one. Run
  pip uninstall --yes textclean textclean-zh
  pip install textclean-zh
错误：{folder} 与安装 textclean-zh 时不同。PyPI 上的 `textclean` 是他人的包，使用同一个文件夹，\
安装或卸载它都会损坏本程序。请运行上面两条命令。"""
_BESIDE = """\
warning: the package `textclean` of somebody else is installed in the same folder, {folder}; \
uninstalling it breaks this one. Run
  pip uninstall --yes textclean textclean-zh
  pip install textclean-zh
警告：他人的包 `textclean` 装在同一个文件夹中，卸载它会损坏本程序。请运行上面两条命令。"""


def main() -> None:
    """Run the command, unless the package of the other name has damaged this one."""
    folder = Path(__file__).with_name("textclean")
    try:
        from textclean import __version__  # noqa: F401 - there is none in what is not ours
        from textclean.__main__ import main as commands
    except (ImportError, SyntaxError):  # the other package is written in Python 2
        if _is_damaged(folder):
            print(_BROKEN.format(folder=folder), file=sys.stderr)
            sys.exit(2)
        raise
    if _is_shared(folder):
        print(_BESIDE.format(folder=folder), file=sys.stderr)
    commands()


def _is_shared(folder: Path) -> bool:
    """Whether the other package's module lies among ours, which have none of that name."""
    return (folder / "textclean.py").exists()


def _is_damaged(folder: Path) -> bool:
    """Whether the other package wrote over our ``__init__.py`` or took it along."""
    return _is_shared(folder) or not (folder / "__init__.py").exists()
