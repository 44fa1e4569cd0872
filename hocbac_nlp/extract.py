"""The extract stage: references, times, statistics, entities and persons, each found by its own module.

The order matters: a figure that belongs to a document's number or to a date is no statistic, and a person's
post stands beside an entity.
"""

from hocbac_nlp import entities, persons, references, statistics, times
from hocbac_nlp.document import Document
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.naming import ner_model
from hocbac_nlp.stage import Options, Step


def open(lexicons: Lexicons, options: Options) -> Step:
    """Load the lexicons of all layers; the step assigns them in the order of their dependence.

    Option: `ner_model`, the folder of a model that adds entities.
    """
    folder = options.get("ner_model")
    find_references = references.open(lexicons)
    find_times = times.open(lexicons)
    find_statistics = statistics.open(lexicons)
    find_entities = entities.open(lexicons, ner_model.open(lexicons, folder) if folder else None)
    find_persons = persons.open(lexicons)

    def extract(document: Document) -> None:
        document.references = find_references(document)
        document.times = find_times(document)
        document.statistics = find_statistics(document)
        document.entities = find_entities(document)
        document.persons = find_persons(document)

    return extract
