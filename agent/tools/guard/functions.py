"""The functions a statement may call: all that compute from their arguments alone, none that reads or changes anything else.

Left out on purpose: whatever reads files, settings, sequences, variables, the catalog or statistics; what runs text as
SQL; what sleeps, logs or raises; and what gives another answer each time (random, uuid, samples).
"""

from __future__ import annotations

# Tables made from arguments alone.
ROW_MAKERS = frozenset({"range", "generate_series", "unnest"})

_AGGREGATES = """
any_value approx_count_distinct approx_quantile approx_top_k arbitrary arg_max arg_max_null arg_min arg_min_null argmax
argmin array_agg avg bit_and bit_or bit_xor bitstring_agg bool_and bool_or corr count count_if countif count_star
covar_pop covar_samp entropy favg first fsum geomean geometric_mean group_concat histogram histogram_exact kahan_sum kurtosis
kurtosis_pop last list listagg mad max max_by mean median min min_by mode product quantile quantile_cont quantile_disc
regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy sem skewness stddev stddev_pop
stddev_samp string_agg sum sumkahan var_pop var_samp variance wavg weighted_avg json_group_array json_group_object
percentile_cont percentile_disc grouping grouping_id
"""
_WINDOWS = """
cume_dist dense_rank fill first_value lag last_value lead nth_value ntile percent_rank rank rank_dense row_number
"""
_NUMBERS = """
abs acos acosh asin asinh atan atan2 atanh bit_count cbrt ceil ceiling cos cosh cot degrees divide even exp factorial fdiv
floor fmod gamma gcd greatest greatest_common_divisor isfinite isinf isnan lcm least least_common_multiple lgamma ln log
log10 log2 mod multiply nextafter pi pow power radians round round_even roundbankers sign signbit sin sinh sqrt subtract tan
tanh trunc xor add equi_width_bins is_histogram_other_bin
"""
_TEXT = """
ascii bar base64 bin bit_length char_length character_length chr concat concat_ws contains damerau_levenshtein editdist3
ends_with format format_bytes formatreadabledecimalsize formatreadablesize from_base64 from_hex hamming hash hex ilike_escape
instr jaccard jaro_similarity lcase left left_grapheme length length_grapheme levenshtein
like_escape lower lpad ltrim md5 mismatches nfc_normalize not_ilike_escape not_like_escape octet_length ord position prefix
printf regexp_escape regexp_extract regexp_extract_all regexp_full_match regexp_matches regexp_replace
regexp_split_to_array repeat replace reverse right right_grapheme rpad rtrim sha1 sha256 split split_part starts_with
str_split str_split_regex string_split string_split_regex string_to_array strip_accents strlen strpos substr substring
substring_grapheme suffix to_base to_base64 to_hex translate trim ucase unhex unicode upper url_decode url_encode overlay
parse_formatted_bytes pg_size_pretty encode decode
"""
_TIME = """
age ago century current_date current_localtime current_localtimestamp current_time current_timestamp date_add date_diff
date_part date_sub date_trunc datediff datepart datesub datetrunc day dayname dayofmonth dayofweek dayofyear days_in_month
decade epoch epoch_ms epoch_ns epoch_us era extract get_current_time get_current_timestamp hour isodow isoyear julian
last_day localtime localtimestamp make_date make_time make_timestamp make_timestamp_ms make_timestamp_ns make_timestamptz
microsecond millennium millisecond minute month monthname nanosecond normalized_interval now quarter second strftime
strptime time_bucket timezone timezone_hour timezone_minute to_centuries to_days to_decades to_hours to_microseconds
to_millennia to_milliseconds to_minutes to_months to_quarters to_seconds to_timestamp to_weeks to_years today
transaction_timestamp try_strptime week weekday weekofyear year yearweek
"""
_LISTS = """
aggregate apply array_aggr array_aggregate array_append array_apply array_cat array_concat array_contains array_distinct
array_extract array_filter array_grade_up array_has array_has_all array_has_any array_indexof array_intersect array_length
array_pop_back array_pop_front array_position array_prepend array_push_back array_push_front array_reduce array_resize
array_reverse array_reverse_sort array_select array_slice array_sort array_to_string array_to_string_comma_default
array_transform array_unique array_value array_where array_zip
array_cosine_distance array_cosine_similarity array_cross_product array_distance array_dot_product array_inner_product
array_negative_dot_product array_negative_inner_product element_at filter flatten generate_series grade_up len
list_aggr list_aggregate list_any_value list_append list_apply list_approx_count_distinct list_avg list_bit_and list_bit_or
list_bit_xor list_bool_and list_bool_or list_cat list_concat list_contains list_count list_distance list_distinct
list_element list_entropy list_extract list_filter list_first list_grade_up list_has list_has_all list_has_any
list_histogram list_indexof list_inner_product list_intersect list_kurtosis list_last list_mad list_max list_median list_min
list_mode list_pack list_position list_prepend list_product list_reduce list_resize list_reverse list_reverse_sort
list_select list_sem list_skewness list_slice list_sort list_stddev_pop list_stddev_samp list_string_agg list_sum
list_transform list_unique list_cosine_distance list_cosine_similarity list_dot_product list_negative_dot_product
list_negative_inner_product list_value list_var_pop list_var_samp list_where list_zip range reduce unnest
cardinality map map_concat map_contains map_contains_entry map_contains_value map_entries map_extract map_extract_value
map_from_entries map_keys map_values row struct_concat struct_contains struct_extract struct_extract_at struct_insert
struct_keys struct_pack struct_update struct_values
"""
_VALUES = """
coalesce constant_or_null if ifnull nullif pg_typeof typeof try try_cast cast json json_array json_array_length json_contains
json_exists json_extract json_extract_path json_extract_path_text json_extract_string json_keys json_merge_patch
json_object json_pretty json_quote json_structure json_transform json_transform_strict json_type json_valid json_value
to_json row_to_json array_to_json from_json switch case exists
"""

# The same, as sqlglot names the ones it knows. Operators among its functions (AND, CASE, CAST) are here as well.
_KNOWN_FUNCTIONS = """
Abs Acos Acosh And AnyValue ApproxDistinct ApproxQuantile ApproxTopK ArgMax ArgMin Array ArrayAgg ArrayAppend
ArrayConcat ArrayContains ArrayContainsAll ArrayDistinct ArrayFilter ArrayIntersect 
ArrayMin ArrayOverlaps ArrayPosition ArrayPrepend ArrayReverse ArraySize ArraySlice ArraySort ArrayToString
Ascii Asin Asinh Atan Atan2 Atanh Avg BitLength BitwiseAndAgg BitwiseOrAgg BitwiseXorAgg Case Cast Cbrt Ceil Chr
Coalesce Collate Columns Concat ConcatWs Contains Corr Cos Cosh Cot Count CountIf CovarPop CovarSamp CumeDist CurrentDate
CurrentTime CurrentTimestamp CurrentTimestampLTZ DateAdd DateBin DateDiff DateFromParts DateTrunc Day DayOfMonth DayOfWeek
DayOfWeekIso DayOfYear Dayname Decode Degrees DenseRank Encode EndsWith EuclideanDistance Exists Exp Explode Extract
Factorial First FirstValue Flatten Floor Format FromBase64 FromJson GenerateSeries Greatest GroupConcat Grouping
GroupingId Hex Hour If IsInf IsNan JSONArray JSONExtract JSONExtractScalar JSONKeys JSONValue JSONObject JSONType
JarowinklerSimilarity Kurtosis Lag Last LastDay LastValue Lead Least Left Length Levenshtein List Ln Localtime
Localtimestamp Log LogicalAnd LogicalOr Lower MD5 Map MapFromEntries MapKeys Max Median Min Minute Mode Month
Monthname NthValue Ntile Nullif Or Overlay Pad ParseJSON PercentRank PercentileCont PercentileDisc Pi Pow Quantile
Quarter Radians Rank Reduce RegexpExtract RegexpExtractAll RegexpFullMatch RegexpLike RegexpReplace
RegexpSplit RegrAvgx RegrAvgy RegrCount RegrIntercept RegrR2 RegrSlope RegrSxx RegrSxy RegrSyy Repeat Replace Reverse
Right Round RowNumber SHA SHA2 Second Sign Sin Sinh Skewness Split SplitPart Sqrt StartsWith Stddev StddevPop
StddevSamp StrPosition StrToTime Struct StructExtract Substring Sum Tan Tanh TimeFromParts TimeToStr TimeToUnix
Timestamp TimestampFromParts TimestampTrunc ToArray ToBase64 ToDays ToMap Transform Translate Trim Trunc Try TryCast
TsOrDsToDate Typeof Unhex Unicode Unnest UnixToTime Upper Variance VariancePop Week WeekOfYear Xor Year
"""

FUNCTION_NAMES = frozenset(" ".join((_AGGREGATES, _WINDOWS, _NUMBERS, _TEXT, _TIME, _LISTS, _VALUES)).split())
FUNCTION_NODES = frozenset(_KNOWN_FUNCTIONS.split())
