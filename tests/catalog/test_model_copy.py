"""A changed copy of a catalog object knows nothing of what it was changed from."""

from __future__ import annotations

from catalog.models import CatalogField, Dataset, FieldRole, FieldType


def test_a_copy_without_a_field_does_not_know_it_by_name() -> None:
    fields = tuple(
        CatalogField(name=name, expression=name, type=FieldType.STRING, role=FieldRole.DIMENSION, label=name)
        for name in ("country", "email")
    )
    customers = Dataset(name="customers", source="customers", label="customers", singular="customer", fields=fields)
    assert set(customers.field_by_name) == {"country", "email"}
    seen = customers.model_copy(update={"fields": fields[:1]})
    assert set(seen.field_by_name) == {"country"}
    assert set(customers.field_by_name) == {"country", "email"}
