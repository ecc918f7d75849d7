"""A page with interleaved columns, and how its lines are sorted apart.

A beam search deals each line to the column whose last line it continues best (`seam_model`,
`encoder`); a line is likelier the next of the column that has waited longest. The seams between
columns and the numbers of their paragraphs give their order. Headlines across the page part it into
sections, if these read better apart than together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby, pairwise, permutations

from textclean.layout import encoder, seam_model
from textclean.layout.captions import Role, begins_item, role
from textclean.layout.median import median
from textclean.layout.numbering import agreement, number_of
from textclean.text.classes import IDEOGRAPH_CLASS
from textclean.text.patterns import pattern

_HAN = pattern(f"[{IDEOGRAPH_CLASS}]")
_ENDED = pattern(r"[。！？!?…][\s”’』」》）)】]*\Z")
_PAUSE = pattern("[，。；：、！？,;:!?]")
_MOST_COLUMNS = 4
_BEAM = 24
#: Lines of a section, at least.
_FEWEST = 8
#: Typical widths from which a line runs across columns.
_ACROSS = 1.4
#: Least share of lines about as wide as the typical one.
_EVEN = 0.5
#: Seams that decide whether a page is examined, at most.
_SEAMS_SAMPLED = 150
#: Typical widths below which a line without a pause is a heading or a caption.
_LOW = 0.7
#: The bound of a seam's score, in nats.
_CLEAR = 4.0
#: Weights of a seam's two measures, as in `stitch_features`.
_JOIN, _SUITS = 0.9, 0.5
#: In nats: for opening another column at the top, and farther down; since rows are read in turns,
#: for the column that has waited longest and for the one before it. Where one column had the last
#: two lines, the others are at their end, and it gets `_TURN`.
_OPENING, _LATE_OPENING = -1.0, -4.5
_TOP = 8
_TURN, _NEAR_TURN = 2.0, 0.7
#: For each column that begins above the column read after it, in nats. Rows are read from the left:
#: from 2.6 to 3.3 the columns of all pages with truth stand right that can; at 1.2 those of three
#: stand the wrong way round, at 3.5 those of another.
_LEFT_FIRST = 3.0
#: For each column whose numbers go on where those before it ended: more than `_LEFT_FIRST` and a
#: seam together. Of 100 pages of laws 15 became worse by sorting without it, and one with it.
_GOES_ON = 10.0
#: Lines above the columns, at most.
_ABOVE = 5
#: The least gain of a section boundary, in nats, so that noise makes none.
_BOUNDARY = 2.0
#: The score below which a seam is torn, in nats, and the least share of torn seams on a page.
_TORN = -1.0
_SEEN_TORN = 0.3
#: Seams of an uneven page that is reported, at least, and the least share of them that are torn.
_MANY, _MOSTLY_TORN = 30, 0.75
#: Nats a line: the least gain by sorting, the least gain that is reported, the least score of the
#: sorted lines.
_BETTER, _REPORTED, _READS_ON = 1.5, 1.0, -0.8


#: The columns of some lines, the last line's first.
_Columns = tuple[int, "_Columns | None"]
#: One way to deal the lines so far: its score in nats with the sign changed, so that the best comes
#: first; by column, its last line; and the lines' columns.
_Dealing = tuple[float, tuple[int, ...], _Columns]


def _width(line: str) -> float:
    """The width of a line without spaces, in Chinese characters."""
    return sum(0.5 if char < "\x80" else 1.0 for char in line if not char.isspace())


class TornPage:
    """The lines of a page, and scores of how each reads on in each other."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._folded = list(map(seam_model.fold, texts))
        self._tails = list(map(seam_model.tail_of, self._folded))
        self._heads = list(map(seam_model.head_of, self._folded))
        self._begun = [seam_model.begun_score(head) / seam_model.SCALE for head in self._heads]
        self._ended = [bool(_ENDED.search(line)) for line in texts]
        self._indented = [line[:1].isspace() for line in texts]
        self._indents = sum(self._indented) >= max(3, len(texts) // 20)
        self._widths = list(map(_width, texts))
        self._width = median(self._widths)
        self._roles = list(map(role, texts))
        #: Lines of no paragraph: headings, captions, credits, page numbers.
        self._apart = [
            not _HAN.search(line)
            or (not _PAUSE.search(line) and kind is not Role.PROSE and width < _LOW * self._width)
            or kind in (Role.CREDIT, Role.PAGE_NUMBER)
            for line, kind, width in zip(texts, self._roles, self._widths, strict=True)
        ]
        self._bare = [not _PAUSE.search(line) for line in texts]
        self._items = list(map(begins_item, texts))
        self._numbers = list(map(number_of, texts))
        # Each is asked again and again for the same lines.
        self.reads = cache(self._reads)
        self._parts = cache(self._may_part)
        self._tail_vector = cache(lambda line: encoder.encode_tail(self._folded[line]))
        self._head_vector = cache(lambda line: encoder.encode_head(self._folded[line]))
        self._deal = cache(self._best_dealing)
        #: By first line and number of columns, the best ways so far and what finds the next.
        self._searches: dict[tuple[int, int], tuple[list[_Dealing], Iterator[_Dealing]]] = {}

    def _reads(self, line: int, following: int) -> float:
        """How well one line reads on in another, in nats, within plus or minus `_CLEAR`."""
        return max(min(self._read(line, following), _CLEAR), -_CLEAR)

    def _read(self, line: int, following: int) -> float:
        if self._apart[following]:
            if self._jumps(line, following):
                return -2.0  # a heading has its text below it
            return 0.5 if self._ended[line] or self._apart[line] else -2.0
        if self._apart[line]:
            return 1.0 if self._indented[following] else min(-self._begun[following], 1.0)
        if self._ended[line]:
            full = self._widths[line] >= self._width * 0.8
            if self._indented[following]:
                return 1.5
            if self._indents and not full:
                return -_CLEAR  # another paragraph would be indented
            short = self._ended[following] and self._widths[following] < self._width * 0.7
            return min((0.0 if full else 1.0) - self._begun[following], 2.0) - (
                2.0 if short else 0.0
            )
        if self._indented[following] and self._indents:
            return -_CLEAR
        join = seam_model.join_score(self._tails[line], self._heads[following]) / seam_model.SCALE
        suits = encoder.product(self._tail_vector(line), self._head_vector(following))
        return _JOIN * join + _SUITS * (suits / encoder.SCALE)

    def _jumps(self, line: int, following: int) -> bool:
        """Whether two lines are numbered alike, and the second is not the next."""
        one, other = self._numbers[line], self._numbers[following]
        if one is None or other is None or one.form != other.form:
            return False
        return self._apart[line] and other.value != one.value + 1

    def may_be_torn(self) -> bool:
        """Whether many lines do not read on, by the characters at their seams."""
        torn, seams = self._torn_seams()
        return seams >= _FEWEST // 2 and torn >= _SEEN_TORN * seams

    def is_torn(self) -> bool:
        """Whether next to no line reads on in the next, on a page with columns or without."""
        torn, seams = self._torn_seams()
        return seams >= _MANY and torn >= _MOSTLY_TORN * seams

    def _torn_seams(self) -> tuple[int, int]:
        """How many of the seams between lines that might read on are torn; how many there are."""
        torn = seams = 0
        for number in range(0, len(self._folded) - 1, len(self._folded) // _SEAMS_SAMPLED + 1):
            if self._ended[number] or self._apart[number] or self._apart[number + 1]:
                continue
            seams += 1
            torn += (
                seam_model.join_score(self._tails[number], self._heads[number + 1])
                < -seam_model.SCALE
            )
        return torn, seams

    def sections(self) -> Iterator[tuple[int, int]]:
        """Stretches of lines between headlines across all columns."""
        runs = groupby(range(len(self._folded)), self._parts)
        lines = [list(run) for parts, run in runs if not parts]
        stretches = [(run[0], run[-1] + 1) for run in lines]
        at = 0
        while at < len(stretches):
            first, stop = stretches[at]
            at += 1
            # Headings inside of columns part nothing: the whole reads better than its parts.
            while at < len(stretches):
                following = stretches[at]
                whole = self._deal(first, following[1])[0]
                upper, lower = self._deal(first, stop), self._deal(*following)
                # The price of opening columns is paid once.
                shared = min(len(upper[1]), len(lower[1])) - 1
                if whole + _BOUNDARY < upper[0] + lower[0] + (_TURN - _OPENING) * shared:
                    break
                stop = following[1]
                at += 1
            yield first, stop

    def _may_part(self, number: int) -> bool:
        """Whether a line may run across all columns."""
        width = self._widths[number]
        if width > _ACROSS * self._width:
            return True
        if (
            not self._bare[number]
            or self._roles[number] is Role.PROSE
            or self._items[number]
            or self._indented[number]
        ):
            return False
        if width < 0.85 * self._width:
            return True
        # As wide as a line without a pause: a headline if nothing goes on with it.
        behind = range(number + 1, min(number + 2 * _MOST_COLUMNS + 1, len(self._folded)))
        return all(self.reads(number, following) < _TORN for following in behind)

    def sorted(self, first: int, stop: int) -> tuple[int, list[int]] | None:
        """The number of columns and the lines in order, (0, []) if only torn; None if neither."""
        if stop - first < _FEWEST:
            return None
        widths = self._widths[first:stop]
        wide = median(widths)
        if sum(0.85 * wide <= width <= 1.15 * wide for width in widths) < _EVEN * len(widths):
            return None
        as_it_is = [self.reads(one, two) for one, two in pairwise(range(first, stop))]
        if sum(value < _TORN for value in as_it_is) < _SEEN_TORN * len(as_it_is):
            return None
        _, streams = self._deal(first, stop)
        columns = streams[1:] if len(streams[0]) <= _ABOVE < len(streams[-1]) else streams
        if len(streams) < 2:
            return None
        inside = [self.reads(*pair) for stream in streams for pair in pairwise(stream)]
        well = sum(inside) / max(len(inside), 1)
        better = well - sum(as_it_is) / len(as_it_is)
        if better < _REPORTED:
            return None
        if better < _BETTER or well < _READS_ON or min(map(len, columns)) < 3:
            return 0, []
        return len(streams), [line for stream in streams for line in stream]

    def _best_dealing(self, first: int, stop: int) -> tuple[float, list[list[int]]]:
        """The score of the best way to deal the lines of a stretch, and its streams.

        Lines above the columns (the end of an abstract, a running head) may be a stream of their
        own, the first.
        """
        dealings = [self._columns(first, stop, most) for most in range(1, _MOST_COLUMNS + 1)]
        best, streams = max(dealings, key=lambda dealing: dealing[0])
        if len(streams) > 1:
            above = 0.0
            for start in range(first + 1, min(first + _ABOVE, stop - _FEWEST) + 1):
                if self._ended[start - 1] or self._parts(start - 1):
                    score, dealt = self._columns(start, stop, len(streams))
                else:
                    score, dealt = -1e9, []
                if above + score > best + _BOUNDARY:
                    best, streams = above + score, [list(range(first, start)), *dealt]
                above += self.reads(start - 1, start)
        return best, streams

    def _columns(self, first: int, stop: int, most: int) -> tuple[float, list[list[int]]]:
        loss, ends, columns = self._search(first, stop, most)
        dealt: list[list[int]] = [[] for _ in ends]
        rest: _Columns | None = columns
        for line in reversed(range(first, stop)):
            assert rest
            column, rest = rest
            dealt[column].insert(0, line)
        seams, dealt = self._in_order(dealt)
        return seams - loss, dealt

    def _in_order(self, streams: list[list[int]]) -> tuple[float, list[list[int]]]:
        """The score of the best order of columns, and the columns in it."""
        best, ordered = -1e9, streams
        numbers = [[each for line in stream if (each := self._numbers[line])] for stream in streams]
        for numbered in permutations(zip(streams, numbers, strict=True)):
            order = [stream for stream, _ in numbered]
            score = _GOES_ON * agreement([each for _, each in numbered])
            score += _LEFT_FIRST * sum(left[0] < right[0] for left, right in pairwise(order))
            for left, right in pairwise(order):
                seam = self.reads(left[-1], right[0])
                # Where a paragraph has ended any other can begin.
                score += min(seam, 1.0) if self._ended[left[-1]] else seam
            first = order[0][0]
            if not self._apart[first] and not self._indented[first]:
                score -= max(min(self._begun[first], 2.0), -2.0)
            if score > best:
                best, ordered = score, order
        return best, ordered

    def _search(self, first: int, stop: int, most: int) -> _Dealing:
        """The best way to deal the lines of a stretch to at most `most` columns.

        A longer stretch goes on where a shorter one with the same first line was left.
        """
        best, ways = self._searches.setdefault((first, most), ([], self._ways(first, most)))
        while len(best) < stop - first:
            best.append(next(ways))
        return best[stop - first - 1]

    def _ways(self, first: int, most: int) -> Iterator[_Dealing]:
        """The best way to deal the lines from `first` on: to this one, to the next, and so on."""
        ways: list[_Dealing] = [(0.0, (first,), (0, None))]
        for line in range(first + 1, len(self._folded) + 1):
            yield ways[0]
            top = line - first < _TOP
            opening = _OPENING if top else _LATE_OPENING
            seams = {
                last: self.reads(last, line) for last in {end for way in ways for end in way[1]}
            }
            more: dict[tuple[int, ...], _Dealing] = {}
            for loss, ends, columns in ways:
                # While columns open at the top there are no turns yet.
                turn = 0.0 if top and len(ends) < most else _TURN
                waiting = sorted(ends)
                _, before = columns
                if before and before[0] == columns[0]:
                    waiting = waiting[-1:]  # one column had the last two lines
                for column, last in enumerate(ends):
                    value = loss - seams[last]
                    if last == waiting[0]:
                        value -= turn
                    elif len(waiting) > 2 and last == waiting[1]:
                        value -= min(turn, _NEAR_TURN)
                    moved = (*ends[:column], line, *ends[column + 1 :])
                    rival = more.get(moved)
                    if rival is None or value < rival[0]:
                        more[moved] = value, moved, (column, columns)
                if len(ends) < most:
                    moved = (*ends, line)
                    value = loss - opening
                    rival = more.get(moved)
                    if rival is None or value < rival[0]:
                        more[moved] = value, moved, (len(ends), columns)
            ways = sorted(more.values())[:_BEAM]
