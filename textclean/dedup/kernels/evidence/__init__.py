"""A difference of two texts: is it damage, on which side, or does one of them say something else?

Each function asks one question of a stretch. Written in plain integers:
`stages.compiled_functions` compiles them. The constants were read off planted damage in real prose
and real edits of agency copies, see ``docs/copies.md``.

`bounds` sets a stretch out at the borders of words and numbers; `gaps` says what it is where one
text has nothing, `conflicts` where both have something. They ask `english`, `numbers`, `naming`
and `rules`; `characters` looks single characters up, `classes` names the answers.
"""
