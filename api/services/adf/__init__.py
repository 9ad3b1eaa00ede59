"""Leads as ADF/XML 1.0, the car trade's form for enquiries."""

from api.services.adf.document import AdfError
from api.services.adf.lead import LeadContact, LeadPhone, LeadVehicle, Prospect
from api.services.adf.parse import Lead, parse

__all__ = ["AdfError", "Lead", "LeadContact", "LeadPhone", "LeadVehicle", "Prospect", "parse"]
