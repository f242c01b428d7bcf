"""The words of the site that stand in no page: what there is, what may be changed, and what stands in its place."""
