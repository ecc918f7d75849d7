"""Which loops are compiled, by which process, and whether to wait for them.

Compiling takes seconds and holds the interpreter's lock. On the first use after an installation a
second process (`precompile`) compiles the loops that sketch texts, then those that compare
pairs, those that choose what stays, and those for long texts, and leaves them in numba's cache;
meanwhile this process compiles those that read and pair texts. An empty file in the cache marks a
stage that is done. Without a second process this one compiles what it needs. Of all programs that
begin at once with an empty cache one has a second process, which locks a file there; the others
wait for what it compiles. It goes on when its program has ended, giving way to others, until all is
compiled or the cache is gone: the next program finds it.

numba keeps compiled code beside the source where it can write there, else in the user's cache
folder (``NUMBA_CACHE_DIR`` names another). Where neither can be written the code is compiled in
each process anew, with the same results.

Comparing and choosing have a second implementation, which runs when there is too little to do to
wait for the compiler; the result is the same. ``TEXTCLEAN_IMPLEMENTATION`` forces one of the two:
``numba`` or ``python``. Other loops are always compiled.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import FunctionType, ModuleType, SimpleNamespace
from typing import Any, TypeVar, cast

import numba
from numba import types

from textclean.models.implementation import NUMBA, PYTHON, forced
from textclean.text.lock import is_locked

#: Seconds after which the second process is no longer waited for.
PATIENCE = 60
_STEP = 0.02
# What the second process runs. It imports this very package, by its file, and nothing from the
# current folder, where anybody may have left a numba.py.
_COMPILE_ALL = """
import sys
from importlib.util import module_from_spec, spec_from_file_location
spec = spec_from_file_location("textclean", sys.argv[1])
sys.modules["textclean"] = module_from_spec(spec)
spec.loader.exec_module(sys.modules["textclean"])
from pathlib import Path
from textclean.errors import DocumentError
from textclean.text.lock import locked
try:
    with locked(Path(sys.argv[2]), wait=1, remove=True):
        from textclean.dedup.kernels.precompile import compile_all
        compile_all()
except DocumentError:
    pass  # another process compiles
"""

_Loop = TypeVar("_Loop", bound=Callable[..., object])


def compiled(loop: _Loop, **options: bool) -> _Loop:
    """`loop` compiled when it is first called, without the interpreter's lock.

    What is compiled holds what it calls, and numba's cache asks only whether the file of the loop
    itself has changed. So the name by which it is cached says from which sources it is.

    Args:
        options: more options of numba's.
    """
    name = loop.__qualname__
    loop.__qualname__ = f"{name}_{version()}"
    all_options: dict[str, Any] = {"nogil": True, "error_model": "numpy", **options}
    try:
        return cast(_Loop, numba.njit(cache=True, **all_options)(loop))
    except RuntimeError:  # "cannot cache function: no locator available"
        return cast(_Loop, numba.njit(**all_options)(loop))


def compiled_functions(
    modules: Sequence[ModuleType],
    decorate: Callable[..., Any],
    *others: SimpleNamespace,
    entries: Sequence[str] = (),
) -> SimpleNamespace:
    """The functions of modules that are written for both: as they are they are Python, and these
    are the same compiled. Where they call one another the compiled ones call the compiled ones.

    Args:
        modules: each after those that it imports from.
        decorate: `compiled`, or `Stage.loop`; for the entries.
        others: the compiled functions of more modules that these import from.
        entries: the functions that Python calls. The others are compiled into these.
    """
    known = {name: loop for other in others for name, loop in vars(other).items()}
    loops: dict[str, Any] = {}
    for module in modules:
        namespace = dict(vars(module))
        namespace |= {name: loop for name, loop in known.items() if name in namespace}
        for name, function in vars(module).items():
            if isinstance(function, FunctionType) and function.__module__ == module.__name__:
                copy = FunctionType(function.__code__, namespace, name, function.__defaults__)
                copy.__qualname__ = function.__qualname__
                # They allocate nothing, so arrays need not be counted, which takes time to compile.
                if name in entries:
                    loop = decorate(copy, _nrt=False, no_cfunc_wrapper=True)
                else:
                    loop = _inner(copy)
                namespace[name] = known[name] = loops[name] = loop
    return SimpleNamespace(**loops)


def _inner(function: FunctionType) -> Any:
    """A function that only compiled ones call, compiled once for all integers.

    numba would compile it for each width of integers, and each constant, that it is called with:
    most of them several times. Arrays within a record are any arrays.
    """
    options: dict[str, Any] = {"nogil": True, "error_model": "numpy", "_nrt": False}
    options |= {"no_cfunc_wrapper": True, "no_cpython_wrapper": True}
    loop: Any = numba.njit(**options)(function)
    template = loop.get_call_template

    def call_template(args: Sequence[Any], keywords: dict[str, Any]) -> Any:
        return template(tuple(map(_plain, args)), keywords)

    loop.get_call_template = call_template
    return loop


def _plain(kind: Any) -> Any:
    if isinstance(kind, types.Integer | types.Boolean):
        return types.int64
    if isinstance(kind, types.NestedArray):
        return types.Array(kind.dtype, kind.ndim, "A")
    return kind


class Stage:
    """Loops that the second process compiles together; each is decorated with `loop`."""

    def __init__(self, name: str, few: int = 0) -> None:
        self.name = name
        #: So much work is done without compiled loops, while there are none.
        self.few = few
        self.loops: list[Any] = []
        self._ready = False

    def loop(self, function: _Loop, **options: bool) -> _Loop:
        """A loop of this stage, compiled when it is first called."""
        loop = compiled(function, **options)
        self.loops.append(loop)
        return loop

    def is_ready(self) -> bool:
        """Whether all loops are compiled in this process, or are in the cache; once so, always."""
        if not self._ready:
            mark = self.mark()
            self._ready = all(loop.signatures for loop in self.loops) or (
                mark is not None and mark.exists()
            )
        return self._ready

    def mark(self) -> Path | None:
        """The file that says that the loops are in the cache; None if there can be no cache."""
        folder = self.loops[0].stats.cache_path
        return folder and Path(folder) / f"{self.name}-{version()}.compiled"

    def runs_compiled(self, size: int) -> bool:
        """Whether to run the compiled loops on work of this size, in the units of `few`."""
        name = forced()
        if name in (NUMBA, PYTHON):
            return name == NUMBA
        return size > self.few or self.is_ready()

    def wait(self, meanwhile: Callable[[], object]) -> None:
        """Wait until a second process, if there is one, has compiled the loops.

        A search with one thread does not wait: it is to have no second process.

        Args:
            meanwhile: compiles what else this process needs.
        """
        second = start_second_process()
        if second is None or self.is_ready():
            return
        meanwhile()
        patient_until = time.monotonic() + PATIENCE
        while second.is_compiling() and not self.is_ready():
            if time.monotonic() > patient_until:
                second.give_up()
                return
            time.sleep(_STEP)


SKETCHING = Stage("sketching")
#: Sizes are pairs of candidates: so many are compared in a tenth of a second as it is.
COMPARING = Stage("comparing", few=1 << 5)
#: Sizes are the characters of the texts to choose from, or the texts and their edges.
CHOOSING = Stage("choosing", few=1 << 16)
#: Sizes are pairs of long texts.
COVERING = Stage("covering", few=1 << 5)
#: In the order in which they are needed.
STAGES = (SKETCHING, COMPARING, CHOOSING, COVERING)


class SecondProcess:
    """Who compiles ahead for this process.

    Args:
        lock: the file that a process holds while it compiles.
        process: our own second process; None where another program's compiles already.
    """

    def __init__(self, lock: Path, process: subprocess.Popen[bytes] | None) -> None:
        self._lock = lock
        self._process = process

    def is_compiling(self) -> bool:
        """Whether a process compiles: ours, or another's that ours found when it began."""
        ours = self._process is not None and self._process.poll() is None
        return ours or is_locked(self._lock)

    def give_up(self) -> None:
        """End our own process."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()


@cache
def start_second_process() -> SecondProcess | None:
    """Let a second process compile what there is to compile. Done once in the life of this one."""
    mark = SKETCHING.mark()
    if (os.cpu_count() or 1) < 2 or not sys.executable or not mark:
        return None
    if all(stage.is_ready() for stage in STAGES):
        return None
    lock = mark.with_name(f"{version()}.lock")
    if is_locked(lock):
        return SecondProcess(lock, None)
    package = Path(__file__).parents[2] / "__init__.py"
    silent = subprocess.DEVNULL
    with suppress(OSError):
        here = Path.cwd().resolve()
        paths = [path for path in sys.path if path and Path(path).resolve() != here]
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", _COMPILE_ALL, package, lock],
            env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
            stdin=silent, stdout=silent, stderr=silent, close_fds=True,
        )  # fmt: skip
        return SecondProcess(lock, process)
    return None


@cache
def version() -> str:
    """What the loops are compiled from, and by what."""
    digest = sha256(numba.__version__.encode())
    here = Path(__file__).parent
    # Of two modules beside them constants and loops are compiled, too.
    beside = (here.parent / name for name in ("fold_signs.py", "preference.py"))
    for source in (*sorted(here.rglob("*.py")), *beside):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]
