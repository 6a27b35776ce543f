"""Virtual patients: who they are and how they differ."""

from cytostorm.population.sampling import sample, standard_normal

__all__ = ["sample", "standard_normal"]
