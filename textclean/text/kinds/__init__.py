"""What kind of text is this? Decided here once, with evidence, for all rules.

`document` says it of a whole text (register, script, house style), `clauses` of the stretch around
a place (Chinese, English, Japanese). Rules say what they need (`textclean.engine.rule.rule`) and
the engine asks; a rule that needs a habit of the text asks its view.
"""
