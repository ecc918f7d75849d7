"""What a text is: edits and how they compose, blocks, protected spans, classes of characters.

Nothing here imports anything of ours from outside this folder.
"""
