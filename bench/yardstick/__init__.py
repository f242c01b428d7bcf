"""A plain form on a plain Django site, as `startproject` leaves it: what our own sending is measured beside."""
