"""The type of each entity, weighed by a learned model over all that is told of it."""

from __future__ import annotations

from esskg.extract.clusters import Cluster, Clusters
from esskg.extract.features import EntityFeatures
from esskg.extract.linear import LinearModel
from esskg.extract.mentions import Sentence
from esskg.model import EntityType

NOTHING = "nothing"
"""The class of what is no entity: a word that only looked like a name."""
_DOUBT, _DOUBT_OF_SURE = 0.35, 0.8
"""How likely something is to be no entity when it is dropped; more where the rules are sure of it."""
_SURE = 1.9
"""The weight of a mention from which the rules are sure of it."""


def settle_types(clusters: Clusters, sentences: list[Sentence], model: LinearModel) -> None:
    """Give every entity its likeliest type; forget what is likely to be none."""
    features = EntityFeatures(clusters, sentences)
    told = [(cluster, model.probabilities(features.of(cluster))) for cluster in clusters]
    for cluster, shares in told:
        if shares.pop(NOTHING, 0.0) > _doubt(cluster):
            clusters.drop(cluster)
        else:
            likeliest = max(sorted(shares), key=shares.__getitem__)
            cluster.settle(EntityType(likeliest), shares[likeliest])


def _doubt(cluster: Cluster) -> float:
    sure = any(mention.weight >= _SURE for mention in cluster.mentions)
    return _DOUBT_OF_SURE if sure else _DOUBT
