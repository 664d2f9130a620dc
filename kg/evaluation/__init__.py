"""Records against gold annotations: precision, recall and F1 for each kind of statement.

A relation counts when all its ends match; figures are micro-averaged over documents.
"""

from kg.evaluation.corpus import (
    Extractor,
    Sample,
    annotated,
    compare,
    evaluate,
    gold_record,
    measure,
    samples,
)
from kg.evaluation.judging import CLASSES, HIT, Judgement
from kg.evaluation.matching import align_entities, align_events, normal, same_date, same_name
from kg.evaluation.report import Error, Report, Score
from kg.evaluation.statements import KINDS, Statement

__all__ = [
    "CLASSES",
    "HIT",
    "KINDS",
    "Error",
    "Extractor",
    "Judgement",
    "Report",
    "Sample",
    "Score",
    "Statement",
    "align_entities",
    "align_events",
    "annotated",
    "compare",
    "evaluate",
    "gold_record",
    "measure",
    "normal",
    "same_date",
    "same_name",
    "samples",
]
