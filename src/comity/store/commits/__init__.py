"""The commit log: what is written here survives; everything else is made from it."""

from comity.store.commits.delta import Delta
from comity.store.commits.record import Commit, Record, read_record
from comity.store.commits.state import State, StateView

__all__ = ["Commit", "Delta", "Record", "State", "StateView", "read_record"]
