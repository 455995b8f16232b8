"""Short words of tables and columns, and what they stand for: the ones that mean one thing, and the ones context decides."""

from __future__ import annotations

from dataclasses import dataclass


def _pairs(text: str) -> dict[str, str]:
    """One meaning a line, the short words for it after the colon."""
    found: dict[str, str] = {}
    for line in text.strip().splitlines():
        meaning, _, shorts = line.partition(":")
        found |= dict.fromkeys(shorts.split(), meaning.strip())
    return found


# What a short word stands for wherever it appears.
ABBREVIATIONS: dict[str, str] = _pairs(
    """
    account: acct accnt
    actual: actl
    additional: addl
    address: addr adr
    adjustment: adj adjmt
    agent: agt
    agreement: agmt agrmt
    allocated: alloc
    amount: amt amnt
    annual: ann
    appointment: appt
    arrival: arrv arrvl
    assigned: asgn asgnd
    attendance: attnd
    authorization: auth
    available: avail avl
    average: avg
    balance: bal
    batch: btch
    begin: beg bgn
    billing: bllg
    birth date: dob bday
    branch: brnch brn
    brand: brnd
    budget: bdgt bud
    business unit: bu
    calendar: cal
    campaign: cmpgn campgn
    cancelled: cncl canc cncld cancld cnl
    capacity: cap
    carrier: carr crrier
    carton: ctn
    category: cat ctg categ ctgry catg
    channel: chnl chan
    charge: chrg
    claim: clm
    client: clnt clt cli
    code: cd cde
    comment: cmt cmnt
    commission: commsn
    completed: cmpl cmpltd compl
    contact: cntct ctct
    container: cntnr contr
    contract: cntrct contrct
    conversion: conv cnv
    cost: cst
    count: cnt
    country: cntry ctry
    county: cnty
    course: crs
    created: crt crtd cre
    currency: ccy crncy
    customer: cust cstmr cus custmr
    damaged: dmg dmgd
    date: dt dte
    day of week: dow
    delivered: dlvd dlvrd
    delivery: dlv dlvry dlvy delv deliv
    department: dept dpt deptmt
    description: desc descr dscr dsc descrip
    destination: dest dst dstn
    detail: dtl dtls det
    diagnosis: dx diag
    discharge: disch dsch dischg
    discount: dsct dscnt discnt
    division: div divn
    document: doc docmt
    driver: drvr drv
    duration: dur durn
    effective: eff efft
    email: eml emal
    employee: emp empl ee emplye
    enrollment: enr enrl enroll
    equipment: equip eqp
    estimated: estd
    exchange: exch
    facility: fac facil
    first name: fname fnm frstnm
    fiscal year: fy
    flag: flg
    floor area: sqm sqft
    flight: flght
    forecast: fcst
    freight: frt frght
    frequency: freq
    gender: gndr
    general ledger: gl
    gross: grs
    group: grp
    guest: gst
    hazardous: hzd haz hazmat
    header: hdr
    height: ht hgt
    history: hist hst
    hospital: hosp
    hotel: htl
    hour: hr
    hourly: hrly
    hours: hrs
    identifier: ident
    impressions: impr imps
    inbound: inb ib inbd
    information: info
    instructor: instr
    insurance: insur insr
    interest: intr
    invoice: invc invce
    issued: iss issd
    item: itm
    journal: jrnl
    language: lang
    last name: lname lnm lstnm
    latitude: lat
    ledger: ldgr
    length: len lgth
    level: lvl lev
    license: lic licn
    location: loc locn
    longitude: lon lng
    machine: mach mchn
    maintenance: maint mnt
    manager: mgr mngr
    manufacturer: mfr mnfr manuf
    margin: mrg mgn mrgn
    market: mkt mrkt
    master: mst mstr
    maximum: max
    measure: meas
    medication: meds
    member: mbr mem memb
    merchant: mrch mrchnt merch
    message: msg
    minutes: mins mnts
    mobile: mob mobl
    month: mnth mon
    monthly: mthly mnthly
    name: nm nme
    nationality: natl
    number: nbr nr num nmbr no
    onboarded: onb onbd
    operation: oper
    opportunity: oppty opp
    order: ord ordr
    order number: ordno
    organization: org orgn organisation
    original: orgnl
    outbound: ob obd outb
    overtime: ot ovt
    owner: ownr
    package: pkg pckg
    pallet: pllt
    pallets: plt plts
    parent: prnt
    passenger: psgr pssngr
    passengers: pax
    patient: ptnt pat
    payment: pmt pymt paymt pymnt
    percent: pct perc prct pcnt
    performance: perf
    phone: ph phn fon
    physician: phys
    pieces: pcs
    planned: plnd plnnd
    promised: prms prmsd
    policy: pol plcy
    premium: prem prm
    previous: prev prv
    price: prc
    principal: princ
    priority: prio prty
    product: prod prdct
    production: prdn prodn
    profit: pft prft
    project: proj prj prjct
    promotion: promo prom
    property: prop prpty
    provider: prvdr
    purchase: purch prch pur
    purchase order: po
    quantity: qty qnty qtty quan
    quarter: qtr
    rank: rnk
    rating: rtg rtng
    reason: rsn
    receipt: rcpt
    received: rcv rcvd recvd recd
    record: rec
    reference: ref
    region: rgn regn
    rejected: rej rejd
    remark: rmk rmrk
    remarks: rmks
    report: rpt
    representative: rep
    required: reqd
    reservation: rsv resv rsvn resvn rsrv
    revenue: revn
    review: rvw
    room: rm
    route: rte
    salary: sal slry
    sales: sls
    sales order: so
    schedule: sched schd
    score: scr
    sector: sect sctr
    segment: seg sgmt segm
    sequence: seq sqn
    serial: ser srl
    service: svc serv srvc
    severity: sev
    shelf: shlf
    shift: shft sft
    shipment: shpmt shpt shipt
    size: sz
    source: src
    staff: stf
    stage: stg
    station: stn sta
    status: stat sts stts
    stock: stk stck
    stop: stp
    storage: strg stor
    student: stu stdnt stud
    subcategory: subcat sbcat subctg
    subject: subj
    subtotal: subtot sbtl subttl
    summary: summ smry
    supplier: supp spl splr suppl splier
    target: tgt trgt
    task: tsk
    teacher: tchr
    technician: techn
    telephone: tel
    temperature: tempr
    territory: terr
    text: txt
    threshold: thr
    ticket: tkt tckt
    time: tm tme
    timestamp: ts tstmp tmstmp
    title: titl
    total: tot totl
    town: twn
    transaction: txn trx trans tran trxn
    transport: trsp trspt trnsp transp
    trip: trp
    truck: trck
    type: typ tp
    unit: unt
    unit of measure: uom
    updated: upd updt updtd
    user: usr
    value: val vlu
    variance: vrnc
    vehicle: veh vhcl
    vendor: vend vnd vndr
    version: vers vrsn
    visit: vst
    volume: vol
    warehouse: whs whse wrhs
    warranty: wrnty warr
    week: wk
    weekend: wkend wknd
    weekly: wkly
    weight: wt wgt wght
    width: wd wid wdth
    work order: wo
    year: yr
    yearly: yrly
    zone: zn
    """
)


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a short word. `kinds` are the column types it can have: t text, n number, d date or moment, b yes or no,
    e what a table is about; `near` are words, written out, beside which it means this."""

    means: str
    kinds: str = "tndbe"
    near: frozenset[str] = frozenset()
    ends: bool = False  # only as the last of several words: the duration in minutes


def _senses(text: str) -> dict[str, tuple[Sense, ...]]:
    """A line a short word: meaning[kinds]: words near it / the next meaning, the likeliest first;
    a meaning with ! only ends a name."""
    found: dict[str, tuple[Sense, ...]] = {}
    for line in text.strip().splitlines():
        short, _, rest = line.strip().partition(" = ")
        senses = []
        for part in rest.split(" / "):
            head, _, near = part.partition(":")
            means, _, kinds = head.strip().partition("[")
            ends = means.endswith("!")
            senses.append(Sense(means.strip().rstrip("!"), kinds.rstrip("]") or "tndbe", frozenset(near.split()), ends))
        found[short] = tuple(senses)
    return found


_DATES = "date timestamp time"
# What a short word stands for beside certain words, or in a column of a certain type.
AMBIGUOUS: dict[str, tuple[Sense, ...]] = _senses(
    f"""
    abs = absence / absolute
    acc = account / accident: injury
    act = active[b]: flag / actual: budget plan planned estimated forecast quantity amount cost / activity / action
    adm = admission: patient ward hospital discharge diagnosis {_DATES} / administrator: user
    app = application: loan credit job applicant candidate / appointment: patient doctor clinic physician / app
    appr = approved[dnb]: {_DATES} by flag amount / approval / appraisal
    arr = arr: mrr churn plan subscription / arrival
    apt = airport: flight departure arrival origin destination airline / apartment: address street / appointment
    asst = assistant / asset
    att = attendance[n] / attribute / attachment
    bat = batch / battery
    bk = booking: guest room hotel flight seat passenger customer / book: author isbn loan library
    bkg = booking
    bld = building / blood: patient
    br = branch / brand
    can = cancelled[db]: {_DATES} flag / candidate
    cc = cost center / credit card: number expiry
    cert = certificate / certified[bd]
    chg = charge[n] / changed[d]: {_DATES} / change
    chk = check / checked[b]
    clr = color[t] / cleared[dbn]: {_DATES} flag amount
    cls = closed[db]: {_DATES} flag / class
    cmp = campaign: click impressions budget channel spend / company / completed[db]
    cntr = container / center / counter
    co = company: code name
    col = color[t] / column
    com = commission[n] / comment
    comm = commission[n] / comment[t] / communication
    comp = completed[db]: {_DATES} flag / company / component: part / compensation[n]
    cont = contact / contract / container
    cov = coverage
    cr = credit / created[d]
    crd = card: number type holder / credit
    crdt = credit
    ctr = contract / click through rate[n]: click impressions / center
    cty = county: state / city
    cur = current: balance status price stock / currency[t]: code
    curr = current: balance status price stock / currency[t]: code
    dbt = debit / debt
    del = deleted[bd]: flag by / delivery: {_DATES} address order shipped ship / deleted
    dep = departure: arrival flight airport {_DATES} train / deposit[n]: amount balance / department
    diff = difference
    dim = dimension
    disc = discount[n] / discontinued[bd] / discount
    dist = distance[n] / district[t] / distribution
    dlr = dealer / dollar[n]
    dly = delay[n]: minutes / daily
    dr = debit: credit amount account / doctor: patient / driver
    edu = education
    enc = encounter
    ent = entity / entered[d]
    esc = escalated[bd]: flag {_DATES} / escalation
    est = estimated[ndt]: quantity amount cost actual {_DATES} arrival hours / established[d]
    exp = expected: received actual quantity arrival / expense: amount report claim / experience[n]: years / expiry[d] / export
    ext = extended: price amount / extension[t] / external
    flt = flight / fleet: vehicle
    gen = gender[t] / generation / general
    gr = grade: student course / group / gross[n]
    grd = grade
    ind = indicator![tnb] / industry
    ins = insurance / inserted[d] / inspection
    insp = inspection / inspector
    inst = installed[d]: {_DATES} / installment[n] / instructor: course student class / institution / instance
    int = interest[n]: rate amount loan principal / internal / international
    inv = invoice: amount due paid billing total tax payment / inventory: hand oh stock bin location reorder snapshot / invoice
    ld = lead: time / load / lead
    lim = limit
    long = longitude: latitude / long
    ln = loan: interest principal borrower amortization maturity / line
    lst = last: {_DATES} / list: price
    lv = leave: employee / level
    mat = maturity[d] / material
    med = medication / median[n] / medium
    mfg = manufacturing / manufactured[d]
    mi = miles[n] / middle
    min = minimum: quantity stock price amount value salary limit age temperature / minutes![n] / minimum
    mo = monthly: salary fee charge rent premium payment / month
    mth = monthly: salary fee charge rent premium payment / month
    mod = modified[d]: {_DATES} by / model / module
    mt = meter / material
    mtr = meter / material
    nat = nationality / national
    nts = nights[n] / notes
    obj = object / objective
    occ = occupancy[n]: maximum rate / occupied[n] / occupation[t] / occurred[d] / occupancy
    oh = on hand[n] / overhead
    oo = on order[n]
    op = operation / operator / opened[d]
    opn = opened[d] / open[bn] / operation
    opr = operator
    orig = original: amount price quantity / origin
    own = owner / owned[b]
    par = parent / par
    pay = payment: method mode type {_DATES} amount / pay
    pc = piece / percent[n] / postcode[t]: city address
    pck = picked[d]: {_DATES} / pack
    pd = paid: {_DATES} amount flag / period / paid[db]
    per = per!: quantity amount cost / period / person
    pln = planned[dbn]: {_DATES} quantity amount hours cost / plan
    pos = point of sale: terminal store / position
    pr = price[n] / purchase requisition
    prd = product / period
    pri = primary[b] / priority / price[n]
    pro = provider / product
    proc = procedure: patient physician hospital diagnosis / process / processed[d]
    prov = provider: patient claim service / province
    prt = part / printed[d]
    pt = patient: admission discharge birth diagnosis ward physician doctor visit gender insurance mrn / point / part
    reg = registered[d]: {_DATES} / regular: price hours / region / registration
    rel = released[d]: {_DATES} / relation
    req = required: {_DATES} delivery / requested[d]: {_DATES} / request / requisition
    res = reservation: guest room hotel check booking / resolved[d]: {_DATES} / resource / result
    ret = returned[db]: {_DATES} flag quantity / return
    rev = revenue[n] / reviewed[d]: {_DATES} / revision / review
    rt = rate[n] / route
    sch = scheduled[d]: {_DATES} / school: student / schedule
    sec = seconds!: duration time / section / security
    sem = semester
    shp = shipped[dbn]: {_DATES} flag quantity / shipping: cost amount fee address city country / ship / shipment
    snap = snapshot
    spec = specialty: physician doctor / specification
    spd = speed[n]
    srv = survey: rating response answered score sent respondent / service / server
    st = start[d]: {_DATES} / street[t]: number address / state[t]: city zip country / status / state
    std = standard: cost price hours / student / standard
    sto = store / stock
    strt = start[d]: {_DATES} year / street[t]: address city number / start
    str = street[t]: address city zip / store / string
    sub = subscription: plan churn mrr renewal / subscriber / sub
    sup = supervisor: employee manager / supplier: product item part purchase order / supplier
    tch = teacher / technician
    temp = temperature[n] / temporary
    tmp = temperature[n] / temporary
    tr = transaction / train
    trk = truck / track
    trn = train / transaction
    ttl = total[n] / title
    var = variance[n] / variant
    wh = wh: kwh meter tariff / warehouse
    wrk = worker / work
    """
)
# Two short words that together mean something.
IDIOMS: dict[tuple[str, ...], str] = {
    **{(one, name): f"{whole} name" for one, whole in (("f", "first"), ("l", "last"), ("m", "middle"), ("fst", "first"))
       for name in ("nm", "name")},
    **{(name, one): f"{whole} name" for one, whole in (("first", "first"), ("last", "last"), ("f", "first"), ("l", "last"))
       for name in ("nm", "name")},
    ("d", "o", "b"): "birth date",
    ("o", "h"): "on hand",
    ("chk", "in"): "check in",
    ("chk", "out"): "check out",
    **{(verb, "ins"): f"{verb} ins" for verb in ("check", "clock", "drop", "log", "opt", "plug", "sign", "trade", "walk")},
    ("chk", "ins"): "check ins",
    ("zip", "cd"): "zip code",
    ("wk", "day"): "weekday",
    ("yr", "mo"): "year month",
    ("e", "mail"): "email",
    ("sub", "cat"): "subcategory",
    ("sub", "category"): "subcategory",
    ("qty", "oh"): "quantity on hand",
}  # fmt: skip
# Words that say what kind of column it is; where they stand first, people say them last: dt_order is the order date.
CLASS_WORDS_FIRST = frozenset({"date", "timestamp", "name", "code", "number", "flag", "description", "type"})
