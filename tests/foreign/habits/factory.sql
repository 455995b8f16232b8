-- A factory: one prefix for all tables, purchase orders with headers and lines, people by their login, parts made of parts.

CREATE TABLE mfg_plnt AS
SELECT ['P1','P2','P3'][n] plnt_cd, ['Graz','Brno','Gyor'][n] plnt_nm
FROM range(1,4) t(n);

CREATE TABLE mfg_itm_mstr AS
SELECT 'I'||n itm_cd, 'Item '||n itm_dsc, ['RAW','FG','SF'][1+n%3] itm_typ, ['EA','KG'][1+n%2] uom, (1+n%50)::DECIMAL(8,2) std_cst, 1+n%20 ld_tm_days, n%40 sfty_stk
FROM range(1,201) t(n);

CREATE TABLE mfg_bom AS
SELECT 'I'||(1+n%60) prnt_itm_cd, 'I'||(61+n%140) cmpnt_itm_cd, 1+n%5 qty_per
FROM range(0,420) t(n);

CREATE TABLE mfg_vndr AS
SELECT 900+n vndr_no, 'Vendor '||n||' GmbH' vndr_nm, 'Sales desk' cntct_nm, '+43 1 '||(200000+n) tel_no, ['AT','CZ','HU'][1+n%3] ctry
FROM range(1,41) t(n);

CREATE TABLE mfg_po_hdr AS
SELECT 40000+n po_no, 901+n%40 vndr_no, DATE '2023-01-01'+(n%700)::INT po_dt, DATE '2023-01-01'+(n%700)::INT+14 prms_dt, ['OPN','CLSD','CNCL'][1+n%3] po_stat, 'u'||(1+n%12) byr_login
FROM range(1,801) t(n);

CREATE TABLE mfg_po_ln AS
SELECT 40001+n%800 po_no, 1+n//800 ln_no, 'I'||(1+n*7%200) itm_cd, 10+n%90 ord_qty, 8+n%90 rcv_qty, (2+n%40)::DECIMAL(8,2) unit_prc, ((2+n%40)*(10+n%90))::DECIMAL(12,2) ext_amt
FROM range(0,2400) t(n);

CREATE TABLE mfg_usr AS
SELECT 'u'||n login, 'Petra '||n full_nm, ['buyer','planner'][1+n%2] role_nm
FROM range(1,31) t(n);

CREATE TABLE mfg_wo AS
SELECT n wo_id, 'I'||(1+n%60) itm_cd, ['P1','P2','P3'][1+n%3] plnt_cd, DATE '2023-01-02'+(n%690)::INT strt_dt, CASE WHEN n%9>0 THEN DATE '2023-01-02'+(n%690)::INT+(2+n%8)::INT END cmpl_dt, 100+n%50 pln_qty, 90+n%50 act_qty, n%7 scrp_qty, 'u'||(1+n%30) apprvd_by, 1+n%4 prio
FROM range(1,1201) t(n);

CREATE TABLE mfg_wo_op AS
SELECT 1+n%1200 wo_id, 1+n//1200 op_seq, 1+n%15 mach_id, 20+n%100 setup_min, 60+n%300 run_min
FROM range(0,3600) t(n);

CREATE TABLE mfg_mach AS
SELECT n mach_id, 'M'||n mach_nm, ['P1','P2','P3'][1+n%3] plnt_cd, DATE '2010-01-01'+(n*100)::INT inst_dt
FROM range(1,16) t(n);

CREATE TABLE mfg_dt AS
SELECT n dt_id, 1+n%15 mach_id, TIMESTAMP '2023-01-01'+to_hours(n*3) strt_ts, TIMESTAMP '2023-01-01'+to_hours(n*3)+to_minutes(10+n%90) end_ts, ['MECH','ELEC'][1+n%2] rsn_cd
FROM range(1,2001) t(n);

