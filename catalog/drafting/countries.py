"""Countries by their codes: what a column of ISO 3166-1 codes (two letters or three) is called by people."""

from __future__ import annotations

# Two letters, three letters, the name people use, then other words for it: former names, what comes from there.
_TABLE = """
AD AND Andorra
AE ARE United Arab Emirates/Emirates/UAE
AF AFG Afghanistan
AG ATG Antigua and Barbuda
AL ALB Albania/Albanian
AM ARM Armenia/Armenian
AO AGO Angola
AR ARG Argentina/Argentinian
AT AUT Austria/Austrian
AU AUS Australia/Australian
AZ AZE Azerbaijan
BA BIH Bosnia and Herzegovina/Bosnia
BB BRB Barbados
BD BGD Bangladesh
BE BEL Belgium/Belgian
BF BFA Burkina Faso
BG BGR Bulgaria/Bulgarian
BH BHR Bahrain
BI BDI Burundi
BJ BEN Benin
BN BRN Brunei
BO BOL Bolivia/Bolivian
BR BRA Brazil/Brazilian
BS BHS Bahamas
BT BTN Bhutan
BW BWA Botswana
BY BLR Belarus
BZ BLZ Belize
CA CAN Canada/Canadian
CD COD DR Congo/Democratic Republic of the Congo
CF CAF Central African Republic
CG COG Congo
CH CHE Switzerland/Swiss
CI CIV Ivory Coast/Côte d'Ivoire
CL CHL Chile/Chilean
CM CMR Cameroon
CN CHN China/Chinese
CO COL Colombia/Colombian
CR CRI Costa Rica
CU CUB Cuba/Cuban
CV CPV Cape Verde
CY CYP Cyprus
CZ CZE Czechia/Czech Republic/Czech
DE DEU Germany/German
DJ DJI Djibouti
DK DNK Denmark/Danish
DM DMA Dominica
DO DOM Dominican Republic
DZ DZA Algeria
EC ECU Ecuador
EE EST Estonia/Estonian
EG EGY Egypt/Egyptian
ER ERI Eritrea
ES ESP Spain/Spanish
ET ETH Ethiopia
FI FIN Finland/Finnish
FJ FJI Fiji
FR FRA France/French
GA GAB Gabon
GB GBR United Kingdom/Great Britain/Britain/UK/British
GE GEO Georgia
GH GHA Ghana
GM GMB Gambia
GN GIN Guinea
GQ GNQ Equatorial Guinea
GR GRC Greece/Greek
GT GTM Guatemala
GY GUY Guyana
HK HKG Hong Kong
HN HND Honduras
HR HRV Croatia/Croatian
HT HTI Haiti
HU HUN Hungary/Hungarian
ID IDN Indonesia/Indonesian
IE IRL Ireland/Irish
IL ISR Israel/Israeli
IN IND India/Indian
IQ IRQ Iraq
IR IRN Iran
IS ISL Iceland
IT ITA Italy/Italian
JM JAM Jamaica
JO JOR Jordan
JP JPN Japan/Japanese
KE KEN Kenya/Kenyan
KG KGZ Kyrgyzstan
KH KHM Cambodia
KP PRK North Korea
KR KOR South Korea/Korea/Korean
KW KWT Kuwait
KZ KAZ Kazakhstan
LA LAO Laos
LB LBN Lebanon
LI LIE Liechtenstein
LK LKA Sri Lanka
LR LBR Liberia
LS LSO Lesotho
LT LTU Lithuania/Lithuanian
LU LUX Luxembourg
LV LVA Latvia/Latvian
LY LBY Libya
MA MAR Morocco/Moroccan
MC MCO Monaco
MD MDA Moldova
ME MNE Montenegro
MG MDG Madagascar
MK MKD North Macedonia/Macedonia
ML MLI Mali
MM MMR Myanmar
MN MNG Mongolia
MO MAC Macao
MR MRT Mauritania
MT MLT Malta
MU MUS Mauritius
MV MDV Maldives
MW MWI Malawi
MX MEX Mexico/Mexican
MY MYS Malaysia/Malaysian
MZ MOZ Mozambique
NA NAM Namibia
NE NER Niger
NG NGA Nigeria/Nigerian
NI NIC Nicaragua
NL NLD Netherlands/Holland/Dutch
NO NOR Norway/Norwegian
NP NPL Nepal
NZ NZL New Zealand
OM OMN Oman
PA PAN Panama
PE PER Peru/Peruvian
PG PNG Papua New Guinea
PH PHL Philippines
PK PAK Pakistan
PL POL Poland/Polish
PR PRI Puerto Rico
PT PRT Portugal/Portuguese
PY PRY Paraguay
QA QAT Qatar
RO ROU Romania/Romanian
RS SRB Serbia/Serbian
RU RUS Russia/Russian
RW RWA Rwanda
SA SAU Saudi Arabia/Saudi
SC SYC Seychelles
SD SDN Sudan
SE SWE Sweden/Swedish
SG SGP Singapore
SI SVN Slovenia/Slovenian
SK SVK Slovakia/Slovak
SL SLE Sierra Leone
SM SMR San Marino
SN SEN Senegal
SO SOM Somalia
SR SUR Suriname
SS SSD South Sudan
SV SLV El Salvador
SY SYR Syria
TD TCD Chad
TG TGO Togo
TH THA Thailand/Thai
TJ TJK Tajikistan
TM TKM Turkmenistan
TN TUN Tunisia
TR TUR Turkey/Türkiye/Turkish
TT TTO Trinidad and Tobago
TW TWN Taiwan
TZ TZA Tanzania
UA UKR Ukraine/Ukrainian
UG UGA Uganda
US USA United States/America/USA/American
UY URY Uruguay
UZ UZB Uzbekistan
VE VEN Venezuela
VN VNM Vietnam/Vietnamese
XK XKX Kosovo
YE YEM Yemen
ZA ZAF South Africa/South African
ZM ZMB Zambia
ZW ZWE Zimbabwe
"""


def _by_code() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in _TABLE.strip().splitlines():
        two, three, names = line.split(" ", 2)
        found[two] = found[three] = tuple(names.split("/"))
    found["UK"] = found["GB"]
    return found


COUNTRIES = _by_code()


def country_words(values: list[str]) -> dict[str, tuple[str, ...]]:
    """Words for each value that is a country's code; {} where most are none, so that they are codes of something else."""
    known = {value: COUNTRIES[value.strip().upper()] for value in values if value.strip().upper() in COUNTRIES}
    if len(known) * 10 < len(values) * 9:
        return {}
    own = {value.casefold() for value in values}
    return {value: tuple(word for word in words if word.casefold() not in own) for value, words in known.items()}
