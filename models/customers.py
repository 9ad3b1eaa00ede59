"""Customers: who writes to the dealership."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import EmailStr, StringConstraints
from sqlalchemy import (
    Column,
    Computed,
    Index,
    Text,
    func,
)
from sqlmodel import Field

from models.base import (
    ONE_LINE,
    InputModel,
    TableModel,
    Timestamp,
    ViewModel,
    moment,
)
from models.texts import Title


class Customer(TableModel, table=True):
    """Somebody who writes to the dealership; matched by external id, else e-mail, else phone."""

    __tablename__ = "customers"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        Index("ux_customers_external_id", "external_id", unique=True),
        Index("ix_customers_email", func.lower(Column("email", Text))),
        Index("ix_customers_phone", "phone"),
        Index("ix_customers_created", "created_at", "id"),
        Index(
            "ix_customers_name",
            func.folded_name(Column("name", Text)).label("name_folded"),
            postgresql_using="gin",
            postgresql_ops={"name_folded": "gin_trgm_ops"},
        ),
        Index("ix_customers_search", "search", postgresql_using="gin", postgresql_ops={"search": "gin_trgm_ops"}),
    )

    name: str
    email: str | None = None
    phone: str | None = None
    external_id: str | None = None
    language: str | None = None
    do_not_contact: bool = False
    erased_at: datetime | None = moment(None)
    search: str | None = Field(
        default=None,
        sa_column=Column(
            Text,
            Computed("folded_name(name || ' ' || coalesce(email, '') || ' ' || coalesce(phone, ''))", persisted=True),
        ),
    )


class CustomerInput(InputModel):
    """Who writes; the phone is checked and made E.164 by the service, which knows the region."""

    name: Title
    email: EmailStr | None = None
    phone: Annotated[str, StringConstraints(min_length=1, max_length=50), ONE_LINE] | None = None
    external_id: Annotated[str, StringConstraints(min_length=1, max_length=200), ONE_LINE] | None = None


class CustomerPatch(InputModel):
    """Body of PATCH /customers/{id}."""

    name: Title | None = None
    email: EmailStr | None = None
    phone: Annotated[str, StringConstraints(min_length=1, max_length=50), ONE_LINE] | None = None
    external_id: Annotated[str, StringConstraints(min_length=1, max_length=200), ONE_LINE] | None = None
    language: Annotated[str, StringConstraints(max_length=35), ONE_LINE] | None = None
    do_not_contact: bool | None = None


class CustomerView(ViewModel):
    """A customer; contract, section 3."""

    id: UUID
    name: str
    email: str | None
    phone: str | None
    external_id: str | None
    language: str | None
    do_not_contact: bool
    created_at: Timestamp
    updated_at: Timestamp
