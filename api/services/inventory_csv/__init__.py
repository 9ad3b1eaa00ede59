"""Inventory feeds as CSV: rows that can go in, and what is wrong with those that cannot."""

from api.services.inventory_csv.export import export_cell
from api.services.inventory_csv.feed import ParsedInventory, parse, vehicles

__all__ = ["ParsedInventory", "export_cell", "parse", "vehicles"]
