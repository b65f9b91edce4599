"""Documents: from a file to its canonical text, blocks, sentences and metadata."""

from esskg.documents.characters import same_length
from esskg.documents.copies import copies
from esskg.documents.folder import add, remove
from esskg.documents.reader import read, read_folder
from esskg.documents.sentences import Sentence, sentences
from esskg.documents.shelf import Shelf

__all__ = ["Sentence", "Shelf", "add", "copies", "read", "read_folder", "remove", "same_length", "sentences"]
