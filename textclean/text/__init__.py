"""What a text is. Each module answers one question:

- `edit`: what is a change, and how sure are we of it?
- `columns`: in which form do thousands of changes travel?
- `compose`: how are changes made, undone, and led back to the original through several stages?
- `cleaned`: what does a caller get?
- `blocks`: which lines belong together, as what?
- `protect`: what may no rule touch?
- `classes`, `variants`: of which kind is a character, and which other one is it in disguise?
- `words`, `lexicon`: which characters are words, and which are never misread for each other?
- `patterns`, `memo`: how is nothing compiled or computed that is not needed?

Nothing here imports anything of ours from outside this folder.
"""
