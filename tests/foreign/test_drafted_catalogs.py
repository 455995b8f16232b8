"""Catalogs drafted of databases nobody described: the pointers they find, the figures they give, what they keep to themselves."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from agent.tools.compile import compile_query
from agent.tools.guard.compiled import guard_compiled
from agent.tools.profile.database import profile_database
from agent.tools.warehouse.warehouse import Warehouse
from catalog.access import Principal, view_for
from catalog.draft import Draft, draft_catalog
from catalog.loader import load_catalog
from catalog.models import Catalog, FieldType
from catalog.query import MetricQuery, MetricUse
from catalog.rules import check_against_database
from evals.runner import run_suite
from evals.service_asker import open_service_asker
from evals.suite_loader import load_suite

HERE = Path(__file__).parent
AWKWARD = HERE.parent / "agent" / "tools" / "profile" / "awkward.sql"
NOVAMART = "novamart"
RAW = ["clinic_raw", "bank_raw", "star_raw", "university_raw", "restaurants_raw", "helpdesk_raw", "factory_raw"]
HABITS = ["habits/hotel", "habits/factory", "habits/deals"]
FOUND_AT_LEAST, FALSE_AT_MOST = 0.95, 0.05

Pointer = tuple[str, tuple[str, ...], str, tuple[str, ...]]


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[Draft, Path]]:
    """The draft of a business and its database, made once."""
    made: dict[str, tuple[Draft, Path]] = {}

    def draft(name: str) -> tuple[Draft, Path]:
        if name not in made:
            database = tmp_path_factory.mktemp(Path(name).name) / f"{Path(name).name}_data.duckdb"
            if name == NOVAMART:
                from catalog.samples.novamart import generate

                generate(database, scale=0.001)
            else:
                script = HERE / f"{name}.sql" if name in HABITS else HERE / name / "database.sql"
                script = AWKWARD if name == "awkward" else script
                with duckdb.connect(str(database)) as connection:
                    connection.execute(script.read_text())
            made[name] = draft_catalog(profile_database(database)), database
        return made[name]

    return draft


def pointers_of(catalog: Catalog) -> set[Pointer]:
    """The catalog's relationships by the database's own names, lower case."""
    return {
        (
            catalog.dataset_by_name[item.from_dataset].source.lower(),
            tuple(_column(catalog, item.from_dataset, name) for name in item.from_fields),
            catalog.dataset_by_name[item.to_dataset].source.lower(),
            tuple(_column(catalog, item.to_dataset, name) for name in item.to_fields),
        )
        for item in catalog.relationships
    }


def _column(catalog: Catalog, dataset: str, name: str) -> str:
    return catalog.dataset_by_name[dataset].field_by_name[name].expression.strip('"').lower()


def written_pointers(path: Path) -> set[Pointer]:
    found: set[Pointer] = set()
    for line in path.read_text().splitlines():
        source, target = (end.strip().lower().rpartition(".") for end in line.split("->"))
        found.add((source[0], tuple(source[2].split(", ")), target[0], tuple(target[2].split(", "))))
    return found


def true_pointers(name: str) -> set[Pointer]:
    if name in HABITS:
        return written_pointers(HERE / f"{name}.txt")
    if (HERE / name / "foreign_keys.txt").exists():
        return written_pointers(HERE / name / "foreign_keys.txt")
    if name == "awkward":
        return written_pointers(AWKWARD.with_name("awkward_foreign_keys.txt"))
    return pointers_of(load_catalog(name if name == NOVAMART else HERE / name / "catalog"))


@pytest.mark.parametrize("name", ["northwind_like", "chinook_like", "hospital", "awkward", *RAW, *HABITS, NOVAMART])
def test_the_foreign_keys_are_found(drafted: Callable[[str], tuple[Draft, Path]], name: str) -> None:
    true, found = true_pointers(name), pointers_of(drafted(name)[0].catalog)
    assert len(found & true) >= FOUND_AT_LEAST * len(true), sorted(true - found)
    assert len(found - true) <= FALSE_AT_MOST * len(found), sorted(found - true)


ALL = ["northwind_like", "chinook_like", "hospital", "awkward", *RAW, *HABITS]


@pytest.mark.parametrize("name", ALL)
def test_every_drafted_metric_gives_a_figure(drafted: Callable[[str], tuple[Draft, Path]], name: str) -> None:
    draft, database = drafted(name)
    view = view_for(draft.catalog, Principal())
    with Warehouse.open(database) as warehouse:
        assert check_against_database(draft.catalog, warehouse.tables()) == ()
        for metric in view.metrics:
            compiled = compile_query(view, MetricQuery(metrics=(MetricUse(metric=metric),)))
            assert len(warehouse.run(guard_compiled(compiled, view)).rows) == 1, metric


@pytest.mark.parametrize("name", ALL)
def test_the_same_data_give_the_same_draft(drafted: Callable[[str], tuple[Draft, Path]], name: str) -> None:
    draft, database = drafted(name)
    assert draft_catalog(profile_database(database)).files == draft.files


def _public_values(catalog: Catalog, connection: duckdb.DuckDBPyConnection) -> set[str]:
    """The values of several words that fields which hold no person's data hold."""
    found: set[str] = set()
    for dataset in catalog.datasets:
        for item in dataset.fields:
            if item.type is FieldType.STRING and not item.personal_data:
                values = connection.execute(f'SELECT DISTINCT {item.expression} FROM "{dataset.source}"').fetchall()
                found |= {str(value) for (value,) in values if " " in str(value)}
    return found


@pytest.mark.parametrize("name", ALL)
def test_personal_values_stay_out_of_the_draft(drafted: Callable[[str], tuple[Draft, Path]], name: str) -> None:
    draft, database = drafted(name)
    text = "\n".join(draft.files.values())
    with duckdb.connect(str(database), read_only=True) as connection:
        for value in _public_values(draft.catalog, connection):  # a farm may be called Green as a person is
            text = text.replace(value, "")
        for dataset in draft.catalog.datasets:
            for item in dataset.fields:
                if item.personal_data:
                    values = connection.execute(
                        f'SELECT DISTINCT {item.expression}::VARCHAR FROM "{dataset.source}" WHERE {item.expression} IS NOT NULL'
                    ).fetchall()
                    shown = [value for (value,) in values if re.search(rf"(?<!\w){re.escape(value)}(?!\w)", text)]
                    assert not shown, f"{dataset.name}.{item.name}: {shown[:3]}"


@pytest.mark.parametrize(
    ("name", "metric", "gold"),
    [
        ("northwind_like", "sales", 'SELECT SUM(UnitPrice * Quantity * (1 - Discount)) FROM "Order Details"'),
        ("northwind_like", "average_order_value",
         'SELECT SUM(UnitPrice * Quantity * (1 - Discount)) / COUNT(DISTINCT OrderID) FROM "Order Details"'),
        ("northwind_like", "units_in_stock", "SELECT SUM(UnitsInStock) FROM Products"),
        ("northwind_like", "average_discount", 'SELECT AVG(Discount) FROM "Order Details"'),
        ("chinook_like", "invoice_total", "SELECT SUM(Total) FROM Invoice"),
        ("chinook_like", "track_count", "SELECT COUNT(*) FROM Track"),
        ("hospital", "occupied_beds", "SELECT SUM(occupied_beds) FROM bed_census WHERE census_date = DATE '2025-06-30'"),
        ("clinic_raw", "average_days_to_discharge_admission", "SELECT AVG(disch_dt - adm_dt) FROM tbl_adm"),
        ("clinic_raw", "share_of_active_users", "SELECT AVG(CASE WHEN act_flg = 'Y' THEN 1 ELSE 0 END) FROM tbl_usr"),
        ("bank_raw", "balance_amount", "SELECT SUM(BALAMT) FROM ACCTBAL WHERE BALDT = DATE '2024-12-31'"),
        ("star_raw", "on_hand_quantity", "SELECT SUM(oh_qty) FROM fct_inv_snp WHERE dt_key = 20241231"),
        ("star_raw", "total_net_sales_amount", "SELECT SUM(net_sls_amt) FROM fct_sls"),
        ("factory_raw", "late_deliveries",
         "SELECT COUNT(*) FROM deliveries JOIN sales_orders USING (sales_order_id) WHERE delivered_at::DATE > promised_on"),
        ("factory_raw", "downtime_events_not_ended", "SELECT COUNT(*) FROM downtime_events WHERE ended_at IS NULL"),
        ("factory_raw", "total_hours_of_downtime_event",
         "SELECT SUM(DATE_DIFF('second', started_at, ended_at)) / 3600 FROM downtime_events"),
        ("factory_raw", "downtime_events_breakdown_count", "SELECT COUNT(*) FROM downtime_events WHERE reason = 'breakdown'"),
        ("awkward", "closing_balance", "SELECT SUM(closing_balance) FROM daily_balance WHERE balance_date = DATE '2024-01-05'"),
    ],
)  # fmt: skip
def test_figures_of_a_draft(drafted: Callable[[str], tuple[Draft, Path]], name: str, metric: str, gold: str) -> None:
    draft, database = drafted(name)
    view = view_for(draft.catalog, Principal())
    with Warehouse.open(database) as warehouse:
        compiled = compile_query(view, MetricQuery(metrics=(MetricUse(metric=metric),)))
        result = warehouse.run(guard_compiled(compiled, view))
    with duckdb.connect(str(database), read_only=True) as connection:
        assert float(result.rows[0][-1]) == pytest.approx(float(connection.execute(gold).fetchall()[0][0]))


PERSONAL = {
    "northwind_like": {
        "customers.contact_name": "name", "customers.address": "address", "customers.phone": "phone", "customers.fax": "phone",
        "employees.last_name": "name", "employees.first_name": "name", "employees.birth_date": "birth_date",
        "employees.address": "address", "employees.home_phone": "phone", "employees.notes": "free_text",
        "orders.ship_address": "address", "shippers.phone": "phone", "suppliers.contact_name": "name",
        "suppliers.address": "address", "suppliers.phone": "phone",
    },
    "hospital": {
        "patients.patient_name": "name", "patients.birth_date": "birth_date", "physicians.physician_name": "name",
        "feedback.remark": "free_text",
    },
    "awkward": {
        "address.line_1": "address", "dim_customer.nm": "name", "dim_customer.contact": "email", "orders.client": "ip_address",
    },
    "clinic_raw": {
        "tbl_phys.f_nm": "name", "tbl_phys.l_nm": "name", "tbl_pt.f_nm": "name", "tbl_pt.l_nm": "name", "tbl_pt.dob": "birth_date",
        "tbl_pt.tel": "phone", "tbl_usr.usr_nm": "name",
    },
    "bank_raw": {"cust.custnm": "name", "cust.dob": "birth_date", "cust.email": "email"},
    "star_raw": {},
    "university_raw": {
        "instructors.first_name": "name", "instructors.last_name": "name", "instructors.email": "email",
        "students.first_name": "name", "students.last_name": "name", "students.email": "email",
        "students.phone_number": "phone", "students.birth_date": "birth_date",
    },
    "restaurants_raw": {
        "employees.first_name": "name", "employees.last_name": "name", "employees.email": "email",
        "loyalty_members.full_name": "name", "loyalty_members.email": "email", "loyalty_members.phone_number": "phone",
    },
    "helpdesk_raw": {
        "agt.full_nm": "name", "cntct.full_nm": "name", "cntct.email_addr": "email", "csat_survey.cmnt": "free_text",
    },
    "habits/hotel": {
        "gst.fst_nm": "name", "gst.lst_nm": "name", "gst.eml": "email", "gst.brth_dt": "birth_date", "stf.stf_nm": "name",
    },
    "habits/factory": {"mfg_usr.full_nm": "name", "mfg_vndr.cntct_nm": "name", "mfg_vndr.tel_no": "phone"},
    "habits/deals": {"activities.notes": "free_text", "users.email": "email", "users.display_name": "name"},
}  # fmt: skip


@pytest.mark.parametrize("name", PERSONAL)
def test_personal_data_is_marked_and_nothing_else(drafted: Callable[[str], tuple[Draft, Path]], name: str) -> None:
    catalog = drafted(name)[0].catalog
    marked = {
        f"{dataset.name}.{item.name}": item.personal_data
        for dataset in catalog.datasets
        for item in dataset.fields
        if item.personal_data
    }
    assert marked == PERSONAL[name]


@pytest.mark.parametrize(("name", "right"), [("clinic_raw", 20), ("bank_raw", 19), ("star_raw", 18)])
def test_questions_of_a_draft(
    drafted: Callable[[str], tuple[Draft, Path]],
    name: str,
    right: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    draft, database = drafted(name)
    monkeypatch.setenv("PLUMBLINE_HOME", str(tmp_path / "home"))
    folder = tmp_path / "drafted"
    folder.mkdir()
    for file, text in draft.files.items():
        (folder / file).write_text(text)
    with open_service_asker(str(folder), database, "embedded") as asker:
        report = run_suite(load_suite(HERE / name / "suite.yaml"), asker)
    failing = {case.id: case.verdict for case in report.cases if case.verdict != "right"}
    assert len(report.cases) - len(failing) >= right, failing
    assert "wrong" not in failing.values(), failing
