"""Short names read as words: what each stands for beside others, prefixes, joined words."""

from __future__ import annotations

import pytest

from catalog.drafting.abbreviations import ABBREVIATIONS, AMBIGUOUS
from catalog.drafting.names import words_of
from catalog.drafting.reading import read_names
from catalog.drafting.shortened import consonants_of, unshortened
from catalog.models import FieldType

KINDS = {
    "t": FieldType.STRING,
    "n": FieldType.NUMBER,
    "i": FieldType.INTEGER,
    "d": FieldType.DATE,
    "b": FieldType.BOOLEAN,
}


def read(*tables: str) -> dict[str, str]:
    """Names by place: "inv(no:i dt:d)" gives inv, inv.no and inv.dt."""
    columns = {}
    for text in tables:
        name, _, inside = text.removesuffix(")").partition("(")
        columns[name] = {column: KINDS[kind] for column, _, kind in (item.partition(":") for item in inside.split())}
    reading = read_names(columns)
    found = {name: said.replace("_", " ") for name, said in reading.tables.items()}
    for name, written_out in reading.columns.items():
        found |= {f"{name}.{column}": said.replace("_", " ") for column, said in written_out.items()}
    return found


@pytest.mark.parametrize(
    ("tables", "place", "said"),
    [
        (("inv(inv_no:i cust_id:i due_dt:d inv_amt:n)",), "inv", "invoice"),
        (("inv(sku_cd:t whs_id:i qty_oh:i reord_lvl:i)",), "inv", "inventory"),
        (("inv(inv_no:i due_dt:d amt:n)", "pmt(inv_no:i amt:n)"), "pmt.inv_no", "invoice number"),
        (("emp(emp_id:i sup_emp_id:i)",), "emp.sup_emp_id", "supervisor employee id"),
        (("itm(itm_id:i sup_id:i prc:n)",), "itm.sup_id", "supplier id"),
        (("emp(job_ttl:t)",), "emp.job_ttl", "job title"),
        (("ord(ttl:n)",), "ord.ttl", "total"),
        (("cust(addr:t cty:t st:t zip:t)",), "cust.st", "state"),
        (("cust(st:t no:t addr:t)",), "cust.st", "street"),
        (("job(st_dt:d)",), "job.st_dt", "start date"),
        (("inb(exp_dt:d rcv_dt:d)",), "inb.exp_dt", "expected date"),
        (("lot(lot_no:t exp_dt:d)",), "lot.exp_dt", "expiry date"),
        (("clm(exp_amt:n)",), "clm.exp_amt", "expense amount"),
        (("acct(cur_bal:n)",), "acct.cur_bal", "current balance"),
        (("acct(cur_cd:t)",), "acct.cur_cd", "currency code"),
        (("usr(act_flg:t)",), "usr.act_flg", "active flag"),
        (("ln(prin_amt:n int_rt:n)",), "ln", "loan"),
        (("ord_ln(ord_no:t ln_no:i)",), "ord_ln", "order line"),
        (("emp(f_nm:t l_nm:t dob:d)",), "emp.f_nm", "first name"),
        (("call(dur_min:i)",), "call.dur_min", "duration minutes"),
        (("itm(min_qty:i)",), "itm.min_qty", "minimum quantity"),
        (("wo_op(setup_min:i)",), "wo_op.setup_min", "setup minutes"),
        (("htl(tot_rms:i)",), "htl.tot_rms", "total rooms"),
        (("gst(vip_ind:t brth_dt:d)",), "gst.brth_dt", "birth date"),
        (("ordr(qty_per:n)", "accts(id:i)"), "accts", "accounts"),
        (("cust(custno:t ctrycd:t)",), "cust.custno", "customer number"),
        (("acctbal(baldt:d)",), "acctbal", "account balance"),
        (("sls(dt_ord:d)",), "sls.dt_ord", "order date"),
        (("dept(nbr_beds:i)",), "dept.nbr_beds", "number of beds"),
        (("cust(c_key:i c_name:t c_phone:t c_seg:t)",), "cust.c_phone", "phone"),
        (("cust(cust_id:i cust_nm:t cust_ph:t)",), "cust.cust_ph", "customer phone"),
        (("erp_cust(x:i)", "erp_ord(x:i)", "erp_itm(x:i)"), "erp_ord", "order"),
        (("tbl_ord(x:i)", "cust(x:i)"), "tbl_ord", "order"),
        (("ord_hdr(x:i)", "ord_dtl(x:i)"), "ord_hdr", "order"),
        (("wdgt(wdgt_id:i)", "widget_price(x:i)"), "wdgt", "widget"),
        (("ob_ord(ord_no:t)", "ob_ln(ord_no:t)"), "ob_ord", "outbound order"),
        (("Orders(OrderID:i ReportsTo:i)",), "Orders.ReportsTo", "reports to"),
    ],
)  # fmt: skip
def test_names_in_context(tables: tuple[str, ...], place: str, said: str) -> None:
    assert read(*tables)[place] == said


@pytest.mark.parametrize(
    "name",
    """
    visits products reports process content invest student notice sector report orders insurance transport barcode income
    census platform tickets station amount status contest margins portal
    """.split(),
)
def test_whole_words_stay(name: str) -> None:
    assert read(f"{name}(id:i)")[name] == name


@pytest.mark.parametrize(
    ("short", "word"),
    [("clnt", "client"), ("whrs", None), ("categ", "category"), ("dlvry", "delivery"), ("xyz", None), ("ab", None),
     ("cmpny", "company")],
)  # fmt: skip
def test_cut_words(short: str, word: str | None) -> None:
    assert unshortened(short, (), ("customer", "client", "category", "delivery", "company", "warehouse")) == word


def test_the_databases_own_words_come_first() -> None:
    assert unshortened("crt", ("crate",), ("court",)) == "crate"
    assert consonants_of("customer") == "cstmr"


def test_a_name_written_out_reads_as_itself() -> None:
    meanings = {*ABBREVIATIONS.values(), *(sense.means for senses in AMBIGUOUS.values() for sense in senses)}
    assert [text for text in meanings if " ".join(words_of(text)) != text] == []
    assert not set(ABBREVIATIONS) & set(AMBIGUOUS)
