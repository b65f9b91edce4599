"""Documents: from a file to its canonical text, blocks, sentences and metadata."""

from esskg.documents.characters import same_length
from esskg.documents.reader import read, read_folder
from esskg.documents.sentences import Sentence, sentences

__all__ = ["Sentence", "read", "read_folder", "same_length", "sentences"]
