"""Work that is kept in a folder while it is done, so that it can be interrupted and gone on with.

Texts of any number are searched for copies with what is known of them on disk. The search is that
of `dedup`, step by step: a step that an earlier process finished is read, and not taken again. Each
module answers one question:

- `folder`: whose work lies in a folder, and which of its steps are finished? (`WorkFolder`)
- `arrays`: how does an array lie on disk, whole or not at all?
- `texts`: how are texts kept that come a part at a time? (`KeptTexts`)
- `memory`: how much memory does a search take?
"""

from textclean.engines.disk.folder import WorkFolder, WorkFolderError

__all__ = ["WorkFolder", "WorkFolderError"]
