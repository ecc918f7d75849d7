"""What a space was, and what mends a quote: lost marks, decided by small trained models.

PDF extraction and OCR leave a space where a quote, a comma or the end of a printed line was; they
lose or turn one half of a pair of quotes, and the full stop at a paragraph's end. Importing this
package loads nothing. In the order in which a text passes them:

*Spaces* (rules P020 to P124):

- `prose_lines`: which lines may be judged, and how many slots has each?
- `slots`: where may something have been lost? `labels`: what, and how do characters fold?
- `features` (with `line_grid`), `windows`: what stands around a slot? `pairs`: what is enclosed by
  two? `slot_weights`: what do the networks say of that?
- `scoring`, or `arrays` if slots are many: how likely is each label, and each pair?
- `decode`: which pairs together? `decisions`: so what was each slot? `unquoted_words`: what is
  hardly ever quoted?
- `model`: all of that, asked by `findings`: what is proposed? `certainty`: how sure must that be?
  `bylines`: which spaces belong where they are? `straight_quotes`: which quotes are there?
  `evidence`: what does the text bear out, which has lost marks or has not? May a space be a hole?

*Quotes without their other half* (P040 to P043): `paragraph_spans`, `quote_defects`: where?
`quote_repairs`: what could mend it? `quote_model`, `quote_reranker`: how likely is that, by itself
and to the slot model? `quote_findings`: what is proposed?

*Sentence ends* (P044, P045): `end_model`: do a paragraph's last words end as a sentence does?

``python -m tools.training slots`` (or ``quotes``, ``ends``) trains the weights again.
"""
