"""An optional second reader: a language model proposes, and only what the text bears out is added."""

from esskg.extract.llm.reader import Approve, Cost, LlmReader, make_reader

__all__ = ["Approve", "Cost", "LlmReader", "make_reader"]
