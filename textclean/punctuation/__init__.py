"""What a space was: lost marks, decided by a small trained model.

PDF extraction and OCR leave a space where a quote, a comma or the end of a printed line was.
Importing this package loads nothing; `textclean.punctuation.model` decides, and
``python -m tools.training slots`` trains the weights again.
"""
