"""How edits come about, whatever the rules say. Each module answers one question:

- `rule`: what is a rule, what does it see of a text, and what may it propose?
- `triggers`: what can a rule not find anything without?
- `plan`: which rules does a configuration run, and which of them may find anything in a text?
- `rounds`: how do the stages run, and when do they end?
- `resolve`: which of a stage's proposals are made? (`text.compose` leads them to the original.)
- `parallel`: how are many texts spread over processes?

There is one path for small texts and for large ones, and it needs no numpy. It is fast because
triggers keep most rules from running, because edits travel as columns (`text.columns`) and not as
objects, and because a question that several rules ask is answered once (`View.once`, `text.memo`).
"""
