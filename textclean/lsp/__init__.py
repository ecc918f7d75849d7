"""The language server: what `check` finds and `fix` does, in an editor while a text is written.

``handlers`` answers messages, ``server`` decides when what is looked for; ``documents`` holds the
open texts and what was found in them, and ``findings`` moves that along as a text changes;
``positions`` counts as editors do; ``diagnostics`` and ``actions`` say in the protocol's terms what
is shown and offered; ``configuration`` is what is in force for a file; ``background`` looks for
suggestions in another process.
"""
