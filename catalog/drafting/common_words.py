"""Words that tables and columns are commonly named by, the commoner first: what a shortened word may be a cut of."""

from __future__ import annotations

COMMON_WORDS: tuple[str, ...] = tuple(
    dict.fromkeys(
        """
    floor customer order product employee supplier invoice payment account client vendor store sales amount quantity price date
    name number code type status category description address city country region state department manager warehouse item
    line detail shipment delivery carrier freight inventory stock transaction balance discount currency unit total count
    user contact company location source destination channel campaign segment market group level project task ticket
    contract service request purchase receipt return refund subscription plan member patient doctor physician visit
    admission diagnosis treatment procedure appointment ward room bed hospital clinic student teacher course class grade
    enrollment school semester subject exam score policy claim premium coverage agent broker loan branch bank card credit
    debit deposit interest principal rate margin profit revenue income cost expense budget forecast target actual variance
    tax fee charge commission bonus salary wage payroll position job title shift hours overtime absence leave hire
    termination supervisor team division organization unit facility plant machine equipment part component material batch
    lot serial defect inspection quality maintenance repair asset vehicle driver truck trip route stop fleet fuel distance
    mileage speed weight volume length width height temperature pressure humidity energy power meter reading consumption
    tariff flight airport airline aircraft passenger seat departure arrival delay origin gate baggage booking reservation
    guest hotel check stay night nights property tenant lease rent listing buyer seller owner landlord event venue
    attendee artist album track genre playlist film movie actor rental book author publisher library borrower copy
    language edition review rating comment feedback survey question answer response session page view click impression
    conversion visitor device browser platform version release feature incident problem change priority severity reason
    resolution agent queue call duration wait hold message email phone mobile fax website note document file image
    attachment tag label group family brand model color size style season collection material origin barcode package
    carton pallet container dock zone aisle rack shelf bin slot storage capacity hand reserved available damaged expired
    expiry effective start end begin finish due paid issued created updated deleted approved rejected cancelled completed
    closed opened shipped delivered received returned expected requested required scheduled planned estimated confirmed
    ordered picked packed loaded unloaded registered joined birth death gender age marital nationality education income
    occupation industry sector territory district county province street postcode zip latitude longitude timezone
    first last middle full given family maiden nick legal short long display primary secondary main default active
    enabled blocked valid current previous next original final new old current home work billing shipping mailing
    delivery parent child root level depth path sequence rank order sort index row version revision history log audit
    archive master header summary daily weekly monthly quarterly yearly annual hourly year quarter month week day hour
    minute second time timestamp period calendar holiday weekday weekend fiscal snapshot balance opening closing minimum
    maximum average median sum ratio percent share rate index factor score probability value limit threshold tolerance
    budget allocation approval authorization permission role access token password login username credential profile
    preference setting option parameter configuration rule condition action trigger result outcome success failure error
    warning exception reason cause effect risk hazard hazardous safety compliance audit finding control evidence
    regulation license certificate training skill competency assessment evaluation goal objective initiative
    opportunity lead deal pipeline stage quote proposal tender bid offer promotion coupon voucher loyalty points tier
    reward gift basket cart wishlist checkout shipping handling insurance warranty installation subscription renewal
    churn upgrade downgrade usage quota overage credit trial cancellation retention cohort referral affiliate partner
    distributor reseller retailer wholesaler manufacturer producer consumer household person people resident citizen
    donor donation volunteer beneficiary grant fund program sponsor cause campaign pledge gift receipt acknowledgement
    farm field crop harvest yield animal herd breed species seed fertilizer irrigation weather rainfall wind solar
    sensor station network node link cable port signal bandwidth traffic packet latency uptime outage alarm alert
    ship vessel port berth cargo voyage captain crew train wagon platform bus line stop ticket fare zone pass
    restaurant table menu dish ingredient recipe meal drink kitchen waiter tip reservation cover course portion
    game player match league season goal score club coach referee stadium position transfer injury squad
    case court judge lawyer hearing verdict charge offence police officer arrest suspect victim witness report
    parcel courier sender recipient sort hub depot scan attempt proof signature exception terminal
    material requisition bill work operation center routing scrap yield setup run cycle downtime output input
    ledger journal entry posting debit credit accrual provision depreciation asset liability equity cash bank
    statement reconciliation budget center cost profit segment entity intercompany consolidation
    security instrument bond equity share fund portfolio holding trade execution broker exchange quote maturity coupon
    dividend yield spread benchmark position exposure margin collateral counterparty settlement
    box bag set pack roll crate piece pair dozen kilo gram liter meter mile foot inch
    form format port post store part point place plan play lead load loan road test term text tool tour town tree turn
    base bill body bond boss case cell chart city code core cross cycle data deck desk door edge fact face fail fair
    fall fast file fill find fine firm fish flat flow food foot form free fuel full game gate gold good gray hand hard
    head heat help high hire hold home host hour idea iron item join jump keep kind lake land lane last late left lend
    less life lift like list live lock look lose loss made mail make male many mark meal mean meet mile mill mind mine
    miss mode moon more most move much need news next node none note once only open over pace page pain pair park pass
    past path peak pick pipe plot poll pool post pull push race rack rail rain rate read real rent rest rich ride ring
    rise risk road role roof room root rule safe sale salt same sand save seat seed self sell send sign site size skin
    skip slot slow snow soft soil sold sole some song soon sort spot star stay step stop such suit sure swap tank tape
    task taxi team tech tell tent tide tier time tire toll tone trap tray trim trip tube tune type unit upon used vast
    vein vote wage wait walk wall want ward warm wash wave week well west wide wild will wind wine wing wish wood word
    work yard year zero zone north south east west sea air rail road red green blue black white other method mode
    transport medium purpose outlet ean isbn sku bonus gross net extended list retail wholesale unit standard
    reorder minimum safety lead on hand transit backorder backlog open flag indicator switch yes
        plant promised posted nights installed floor readmission
        dormant insurer sensor occupant snapshot opening closing principal weekend weekday kids beds
    """.split()
    )
)
