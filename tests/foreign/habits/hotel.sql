-- A hotel: short names, created by and posted by in two spellings, counts named like tables (tot_rms, nbr_gsts) that point at nothing.

CREATE TABLE htl AS
SELECT n htl_id, 'Hotel '||n htl_nm, ['ES','PT','FR'][1+n%3] ctry_cd, (3+n%3) star_rtg, 40+n tot_rms
FROM range(1,13) t(n);

CREATE TABLE rm_typ AS
SELECT ['SGL','DBL','STE'][n] rm_typ_cd, ['Single','Double','Suite'][n] rm_typ_dsc, n*2 max_occ
FROM range(1,4) t(n);

CREATE TABLE rm AS
SELECT n rm_id, 1+n%12 htl_id, 100+n rm_no, ['SGL','DBL','STE'][1+n%3] rm_typ_cd, n%5 flr_no
FROM range(1,301) t(n);

CREATE TABLE gst AS
SELECT n gst_id, ['Anna','Ben','Carla'][1+n%3] fst_nm, 'X'||n lst_nm, ['ES','DE'][1+n%2] natl_cd, 'g'||n||'@x.example' eml, DATE '1960-01-01'+(n*11)::INT brth_dt, case when n%3=0 then 'Y' else 'N' end vip_ind
FROM range(1,501) t(n);

CREATE TABLE stf AS
SELECT n stf_id, 'Maria '||['Lopez','Silva','Costa'][1+n%3] stf_nm, 1+n%12 htl_id, CASE WHEN n>4 THEN 1+n%4 END mgr_id, DATE '2015-01-01'+(n*31)::INT hire_dt
FROM range(1,61) t(n);

CREATE TABLE rsv AS
SELECT n rsv_id, 1+n*7%500 gst_id, 1+n*13%300 rm_id, DATE '2023-01-01'+(n*7%700)::INT bk_dt, DATE '2023-01-01'+(n*7%700)::INT+5 chk_in_dt, DATE '2023-01-01'+(n*7%700)::INT+5+(1+n%6)::INT chk_out_dt, ['CNF','CXL','CHKO'][1+n%3] rsv_sts, (60+n%90)::DECIMAL(8,2) rt_amt, 1+n%6 nts, 1+n%3 nbr_gsts, ['WEB','OTA','TEL'][1+n%3] src_chnl, 1+n%60 crtd_by
FROM range(1,3001) t(n);

CREATE TABLE folio_chrg AS
SELECT n chrg_id, 1+n%3000 rsv_id, ['RM','F&B','SPA'][1+n%3] chrg_cd, (10+n%200)::DECIMAL(8,2) chrg_amt, DATE '2023-01-10'+(n%700)::INT post_dt, 1+n%60 posted_by
FROM range(1,9001) t(n);

CREATE TABLE pymt AS
SELECT n pymt_id, 1+n%3000 rsv_id, ['CC','CASH'][1+n%2] pymt_mthd, (50+n%400)::DECIMAL(8,2) pymt_amt, TIMESTAMP '2023-01-10'+to_hours(n%17000) pymt_ts
FROM range(1,3001) t(n);

