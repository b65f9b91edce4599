"""The graph seen as a network: projections, measures, paths, positions, drawings."""
