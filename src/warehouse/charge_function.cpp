#include "warehouse/charge_function.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <span>
#include <vector>

#include "activity/cube.hpp"
#include "calendar/month.hpp"
#include "pricing/line_of.hpp"
#include "warehouse/packed_text.hpp"
#include "warehouse/vector_reader.hpp"

namespace purse {

namespace {

// The stored columns that the function takes, in the order in which `charge` reads them.
constexpr std::string_view every_record[] = {"practice", "commissioner", "costing_date"};
constexpr std::string_view spell_arguments[] = {"hrg",
                                                "provider",
                                                "admission_method",
                                                "patient_classification",
                                                "administrative_category",
                                                "main_specialty",
                                                "treatment_function",
                                                "discharge_method",
                                                "age",
                                                "admission_date",
                                                "discharge_date",
                                                "critical_care_days",
                                                "rehabilitation_days",
                                                "palliative_days",
                                                "delayed_discharge_days",
                                                "excluded_by_provider",
                                                "best_practice_flags",
                                                "specialised_flags",
                                                "diagnoses",
                                                "procedures",
                                                "unbundled_hrgs",
                                                "episode_rules"};
constexpr std::string_view attendance_arguments[] = {"hrg",
                                                     "provider",
                                                     "main_specialty",
                                                     "treatment_function",
                                                     "first_attendance",
                                                     "attended",
                                                     "multi_professional",
                                                     "administrative_category",
                                                     "age",
                                                     "direct_access",
                                                     "excluded_by_provider",
                                                     "best_practice_flags",
                                                     "unbundled_hrgs",
                                                     "referral_source"};
constexpr std::string_view emergency_arguments[] = {"hrg", "provider", "department_type",
                                                    "attendance_category", "excluded_by_provider"};

std::vector<std::string_view> arguments(DataSet set) {
    std::vector<std::string_view> names(std::begin(every_record), std::end(every_record));
    const auto add = [&names](std::span<const std::string_view> more) {
        names.insert(names.end(), more.begin(), more.end());
    };
    switch (set) {
        case DataSet::admitted_care:
            add(spell_arguments);
            break;
        case DataSet::outpatients:
            add(attendance_arguments);
            break;
        case DataSet::emergency:
            add(emergency_arguments);
            break;
        case DataSet::prescribing:
            check_failed("a data set with national prices", __FILE__, __LINE__);
    }
    return names;
}

duckdb_type sql_type(ColumnType type) {
    switch (type) {
        case ColumnType::text:
            return DUCKDB_TYPE_VARCHAR;
        case ColumnType::number:
            return DUCKDB_TYPE_BIGINT;
        case ColumnType::date:
            return DUCKDB_TYPE_DATE;
        case ColumnType::flag:
            return DUCKDB_TYPE_BOOLEAN;
        case ColumnType::pseudonym:
            return DUCKDB_TYPE_UUID;
    }
    return DUCKDB_TYPE_INVALID;
}

// The cube's outcomes are those of pricing, and one more.
static_assert(static_cast<int>(CostOutcome::refused) == static_cast<int>(ChargeOutcome::refused));
static_assert(static_cast<int>(CostOutcome::excluded) == static_cast<int>(ChargeOutcome::excluded));

// Reading a column costs more than pricing by it: what the price list has no use for is not read.
bool is_needed(std::string_view column, const Tariff& tariff, bool with_accounts) {
    if (column == "practice" || column == "commissioner" || column == "costing_date") {
        return with_accounts;
    }
    if (column == "diagnoses" || column == "procedures") return !tariff.top_up_codes.empty();
    if (column == "specialised_flags") return !tariff.top_up_flags.empty();
    if (column == "best_practice_flags") return !tariff.best_practice.empty();
    return true;
}

struct ResultField {
    const char* name;
    duckdb_type type;
};
constexpr ResultField result_fields[] = {
    {"month", DUCKDB_TYPE_DATE},
    {"account", DUCKDB_TYPE_UBIGINT},
    {"practice", DUCKDB_TYPE_UBIGINT},
    {"provider", DUCKDB_TYPE_UBIGINT},
    {"treatment_function", DUCKDB_TYPE_UBIGINT},
    {"line", DUCKDB_TYPE_UTINYINT},
    {"outcome", DUCKDB_TYPE_UTINYINT},
    {"reason", DUCKDB_TYPE_USMALLINT},
    {"admission_type", DUCKDB_TYPE_UTINYINT},
    {"tariff_applied", DUCKDB_TYPE_UTINYINT},
    {"qualifying_days", DUCKDB_TYPE_INTEGER},
    {"initial_tariff_pence", DUCKDB_TYPE_BIGINT},
    {"excess_bed_days", DUCKDB_TYPE_INTEGER},
    {"per_diem_pence", DUCKDB_TYPE_BIGINT},
    {"excess_bed_days_pence", DUCKDB_TYPE_BIGINT},
    {"topup_pence", DUCKDB_TYPE_BIGINT},
    {"market_forces_millionths", DUCKDB_TYPE_BIGINT},
    {"unbundled_pence", DUCKDB_TYPE_BIGINT},
    {"imaging_pence", DUCKDB_TYPE_BIGINT},
    {"imaging_items", DUCKDB_TYPE_INTEGER},
    {"final_price_pence", DUCKDB_TYPE_BIGINT},
    {"consultant_referral", DUCKDB_TYPE_UTINYINT},
};

struct Scratch {
    ReaderBuffers buffers;
    ChargeColumns charges;
    std::vector<std::int32_t> months;
    std::vector<std::uint64_t> accounts;
    std::vector<std::uint8_t> lines;
    std::vector<std::int32_t> imaging_items;
    std::vector<std::uint8_t> consultant_referrals;
};

// What a registered function knows.
struct Pricer {
    DataSet set;
    const PriceBook* book;
    const Affiliations* affiliations;
};

// The fields of the result that come from the record itself.
struct RecordFields {
    std::span<const std::uint64_t> practice, provider, treatment_function;
};

template <class Value>
std::uint8_t index_of(Value value) {
    return static_cast<std::uint8_t>(value);
}

// The children of the result, one after the other, in the order of `result_fields`.
class ResultWriter {
  public:
    ResultWriter(duckdb_vector result, std::size_t rows) : result_(result), rows_(rows) {}
    template <class T>
    void put(std::span<const T> values) {
        CHECK(values.size() == rows_);
        if (rows_ > 0) std::memcpy(next(), values.data(), values.size_bytes());
    }
    template <class T>
    void put(const std::vector<T>& values) {
        put(std::span<const T>(values));
    }

  private:
    void* next() {
        return duckdb_vector_get_data(duckdb_struct_vector_get_child(result_, field_++));
    }
    duckdb_vector result_;
    std::size_t rows_;
    idx_t field_ = 0;
};

void fill_months(std::span<const std::int32_t> days, std::vector<std::int32_t>& months) {
    months.resize(days.size());
    Date first;
    Date last = first - 1;
    for (std::size_t row = 0; row < days.size(); ++row) {
        const Date day(days[row]);
        if (day < first || day > last) {
            const Month month = Month::of(day);
            first = month.first_day();
            last = month.last_day();
        }
        months[row] = first.days();
    }
}

void fill_accounts(const Affiliations* affiliations, std::span<const std::uint64_t> practices,
                   std::span<const std::uint64_t> commissioners, std::span<const std::int32_t> days,
                   std::vector<std::uint64_t>& accounts) {
    accounts.assign(practices.size(), 0);
    if (affiliations != nullptr) {
        affiliations->accounts_of(practices, commissioners, days, accounts);
    }
}

// How many of the listed unbundled HRGs are imaging with a national price.
std::int32_t images_among(const Tariff& tariff, std::string_view list) {
    std::int32_t images = 0;
    while (!list.empty()) {
        const std::size_t end = std::min(list.find(';'), list.size());
        const auto found = tariff.unbundled.find(Hrg(list.substr(0, end)));
        if (found != tariff.unbundled.end() && found->second.price &&
            (found->second.kind == UnbundledKind::imaging ||
             found->second.kind == UnbundledKind::nuclear_medicine)) {
            ++images;
        }
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return images;
}

void write(const Scratch& scratch, const RecordFields& record, std::size_t rows,
           duckdb_vector result) {
    const ChargeColumns& charges = scratch.charges;
    ResultWriter out(result, rows);
    out.put(scratch.months);
    out.put(scratch.accounts);
    out.put(record.practice);
    out.put(record.provider);
    out.put(record.treatment_function);
    out.put(scratch.lines);
    out.put(charges.outcome);
    out.put(charges.reason);
    out.put(charges.admission_type);
    out.put(charges.tariff_applied);
    out.put(charges.qualifying_days);
    out.put(charges.initial_tariff_pence);
    out.put(charges.excess_bed_days);
    out.put(charges.per_diem_pence);
    out.put(charges.excess_bed_days_pence);
    out.put(charges.topup_pence);
    out.put(charges.market_forces_millionths);
    out.put(charges.unbundled_pence);
    out.put(charges.imaging_pence);
    out.put(scratch.imaging_items);
    out.put(charges.final_price_pence);
    out.put(scratch.consultant_referrals);
}

SpellColumns spells(VectorReader& in) {
    return {.hrg = in.codes(),
            .provider = in.codes(),
            .admission_method = in.codes(),
            .patient_classification = in.codes(),
            .administrative_category = in.codes(),
            .main_specialty = in.codes(),
            .treatment_function = in.codes(),
            .discharge_method = in.codes(),
            .age = in.numbers(-1),
            .admission_day = in.days(-1),
            .discharge_day = in.days(-1),
            .critical_care_days = in.numbers(0),
            .rehabilitation_days = in.numbers(0),
            .palliative_days = in.numbers(0),
            .delayed_discharge_days = in.numbers(0),
            .excluded_by_provider = in.flags(),
            .best_practice_flags = in.texts(),
            .specialised_flags = in.texts(),
            .diagnoses = in.texts(),
            .procedures = in.texts(),
            .unbundled_hrgs = in.texts(),
            .episode_rules = in.texts()};
}

AttendanceColumns attendances(VectorReader& in) {
    return {.hrg = in.codes(),
            .provider = in.codes(),
            .main_specialty = in.codes(),
            .treatment_function = in.codes(),
            .first_attendance = in.codes(),
            .attended = in.codes(),
            .multi_professional = in.codes(),
            .administrative_category = in.codes(),
            .age = in.numbers(-1),
            .direct_access = in.flags(),
            .excluded_by_provider = in.flags(),
            .best_practice_flags = in.texts(),
            .unbundled_hrgs = in.texts()};
}

EmergencyColumns emergencies(VectorReader& in) {
    return {.hrg = in.codes(),
            .provider = in.codes(),
            .department_type = in.codes(),
            .attendance_category = in.codes(),
            .excluded_by_provider = in.flags()};
}

void charge_spells(const Pricer& pricer, VectorReader& in, Scratch& scratch, RecordFields& record) {
    const SpellColumns columns = spells(in);
    pricer.book->price_spells(columns, scratch.charges);
    record.provider = columns.provider;
    record.treatment_function = columns.treatment_function;
    for (std::size_t row = 0; row < in.rows(); ++row) {
        scratch.lines[row] =
            index_of(line_of_spell(scratch.charges.admission_type[row], columns.hrg[row]));
    }
}

void charge_attendances(const Pricer& pricer, VectorReader& in, Scratch& scratch,
                        RecordFields& record) {
    const AttendanceColumns columns = attendances(in);
    const std::span<const std::uint64_t> referral_source = in.codes();
    pricer.book->price_attendances(columns, scratch.charges);
    record.provider = columns.provider;
    record.treatment_function = columns.treatment_function;
    for (std::size_t row = 0; row < in.rows(); ++row) {
        scratch.lines[row] = index_of(line_of_attendance(scratch.charges.tariff_applied[row],
                                                         columns.first_attendance[row],
                                                         columns.direct_access[row] != 0));
        scratch.imaging_items[row] =
            scratch.charges.imaging_pence[row] == 0
                ? 0
                : images_among(pricer.book->tariff(), columns.unbundled_hrgs[row]);
        scratch.consultant_referrals[row] =
            scratch.charges.outcome[row] != ChargeOutcome::excluded &&
                    is_consultant_to_consultant(columns.first_attendance[row], referral_source[row])
                ? 1
                : 0;
    }
}

void charge_emergencies(const Pricer& pricer, VectorReader& in, Scratch& scratch,
                        RecordFields& record, std::vector<std::uint64_t>& none) {
    const EmergencyColumns columns = emergencies(in);
    pricer.book->price_emergency(columns, scratch.charges);
    none.assign(in.rows(), 0);
    record.provider = columns.provider;
    record.treatment_function = none;
    std::ranges::fill(scratch.lines, index_of(BudgetLine::emergency_department));
}

void charge(const Pricer& pricer, duckdb_data_chunk input, duckdb_vector result) {
    thread_local Scratch scratch;
    thread_local std::vector<std::uint64_t> none;
    VectorReader in(input, scratch.buffers);
    RecordFields record;
    record.practice = in.codes();
    const std::span<const std::uint64_t> commissioners = in.codes();
    const std::span<const std::int32_t> days = in.days(0);
    fill_months(days, scratch.months);
    fill_accounts(pricer.affiliations, record.practice, commissioners, days, scratch.accounts);
    scratch.lines.assign(in.rows(), 0);
    scratch.imaging_items.assign(in.rows(), 0);
    scratch.consultant_referrals.assign(in.rows(), 0);
    switch (pricer.set) {
        case DataSet::admitted_care:
            charge_spells(pricer, in, scratch, record);
            break;
        case DataSet::outpatients:
            charge_attendances(pricer, in, scratch, record);
            break;
        case DataSet::emergency:
        case DataSet::prescribing:
            charge_emergencies(pricer, in, scratch, record, none);
            break;
    }
    write(scratch, record, in.rows(), result);
}

void charge_callback(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector result) {
    try {
        charge(*static_cast<const Pricer*>(duckdb_scalar_function_get_extra_info(info)), input,
               result);
    } catch (const std::exception& fault) {
        duckdb_scalar_function_set_error(info, fault.what());
    }
}

void code_callback(duckdb_function_info, duckdb_data_chunk input, duckdb_vector result) {
    thread_local ReaderBuffers buffers;
    VectorReader in(input, buffers);
    const std::span<const std::uint64_t> codes = in.codes();
    if (!codes.empty()) {
        std::memcpy(duckdb_vector_get_data(result), codes.data(), codes.size_bytes());
    }
}

void text_callback(duckdb_function_info, duckdb_data_chunk input, duckdb_vector result) {
    const auto* codes = static_cast<const std::uint64_t*>(
        duckdb_vector_get_data(duckdb_data_chunk_get_vector(input, 0)));
    auto* texts = static_cast<duckdb_string_t*>(duckdb_vector_get_data(result));
    const idx_t rows = duckdb_data_chunk_get_size(input);
    for (idx_t row = 0; row < rows; ++row) texts[row] = unpacked_text(codes[row]);
}

void account_callback(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector result) {
    thread_local ReaderBuffers buffers;
    thread_local std::vector<std::uint64_t> accounts;
    const auto* affiliations =
        static_cast<const Affiliations*>(duckdb_scalar_function_get_extra_info(info));
    VectorReader in(input, buffers);
    const std::span<const std::uint64_t> practices = in.codes();
    const std::span<const std::uint64_t> commissioners = in.codes();
    fill_accounts(affiliations, practices, commissioners, in.days(0), accounts);
    if (!accounts.empty()) {
        std::memcpy(duckdb_vector_get_data(result), accounts.data(), accounts.size() * 8);
    }
}

class FunctionInMaking {
  public:
    explicit FunctionInMaking(const std::string& name)
        : function_(duckdb_create_scalar_function()) {
        duckdb_scalar_function_set_name(function_, name.c_str());
        duckdb_scalar_function_set_special_handling(function_);
    }
    ~FunctionInMaking() { duckdb_destroy_scalar_function(&function_); }
    FunctionInMaking(const FunctionInMaking&) = delete;
    FunctionInMaking& operator=(const FunctionInMaking&) = delete;

    void takes(duckdb_type type) {
        duckdb_logical_type logical = duckdb_create_logical_type(type);
        duckdb_scalar_function_add_parameter(function_, logical);
        duckdb_destroy_logical_type(&logical);
    }
    void gives(duckdb_type type) {
        duckdb_logical_type logical = duckdb_create_logical_type(type);
        gives(logical);
    }
    void gives(duckdb_logical_type type) {
        duckdb_scalar_function_set_return_type(function_, type);
        duckdb_destroy_logical_type(&type);
    }
    void knows(void* what, duckdb_delete_callback_t forget) {
        duckdb_scalar_function_set_extra_info(function_, what, forget);
    }
    void registered(Database& database, duckdb_scalar_function_t body) {
        duckdb_scalar_function_set_function(function_, body);
        CHECK(duckdb_register_scalar_function(database.connection(), function_) == DuckDBSuccess);
    }

  private:
    duckdb_scalar_function function_;
};

duckdb_logical_type result_type() {
    std::vector<duckdb_logical_type> types;
    std::vector<const char*> names;
    for (const ResultField& field : result_fields) {
        types.push_back(duckdb_create_logical_type(field.type));
        names.push_back(field.name);
    }
    duckdb_logical_type type = duckdb_create_struct_type(types.data(), names.data(), types.size());
    for (duckdb_logical_type& member : types) duckdb_destroy_logical_type(&member);
    return type;
}

template <class Names>
std::string name_sql(const Names& names, std::string_view index) {
    std::string list;
    for (const auto& name : names) list += (list.empty() ? "" : ", ") + sql_text(name);
    return fmt::format("list_extract([{}], {} + 1)", list, index);
}

// The texts of an enumeration's values from 0 to `last`.
template <class Value>
std::vector<std::string> texts_to(Value last) {
    std::vector<std::string> names;
    for (int i = 0; i <= static_cast<int>(last); ++i) {
        names.emplace_back(to_text(static_cast<Value>(i)));
    }
    return names;
}

}  // namespace

void register_charges(Database& database, const std::string& name, DataSet set,
                      const PriceBook& book, const Affiliations* affiliations) {
    FunctionInMaking function(name);
    for (const std::string_view column : arguments(set)) {
        function.takes(sql_type(stored_columns(set)[column_index(set, column)].type));
    }
    function.gives(result_type());
    function.knows(new Pricer{set, &book, affiliations},
                   [](void* pricer) { delete static_cast<Pricer*>(pricer); });
    function.registered(database, charge_callback);
}

std::string charge_call(const std::string& name, DataSet set, const PriceBook& book,
                        bool with_accounts) {
    std::vector<std::string> given;
    for (const std::string_view column : arguments(set)) {
        given.emplace_back(is_needed(column, book.tariff(), with_accounts) ? column : "null");
    }
    return fmt::format("{}({})", name, fmt::join(given, ", "));
}

void register_codes(Database& database) {
    FunctionInMaking code("purse_code");
    code.takes(DUCKDB_TYPE_VARCHAR);
    code.gives(DUCKDB_TYPE_UBIGINT);
    code.registered(database, code_callback);
    FunctionInMaking text("purse_text");
    text.takes(DUCKDB_TYPE_UBIGINT);
    text.gives(DUCKDB_TYPE_VARCHAR);
    text.registered(database, text_callback);
}

void register_accounts(Database& database, const Affiliations& affiliations) {
    FunctionInMaking account("purse_account");
    account.takes(DUCKDB_TYPE_VARCHAR);
    account.takes(DUCKDB_TYPE_VARCHAR);
    account.takes(DUCKDB_TYPE_DATE);
    account.gives(DUCKDB_TYPE_UBIGINT);
    account.knows(const_cast<Affiliations*>(&affiliations), nullptr);
    account.registered(database, account_callback);
}

std::string line_name_sql(std::string_view index) {
    std::vector<std::string> names;
    for (const BudgetLineName& line : budget_lines) names.emplace_back(line.code);
    return name_sql(names, index);
}

std::string outcome_name_sql(std::string_view index) {
    return name_sql(texts_to(CostOutcome::as_given), index);
}

std::string admission_type_name_sql(std::string_view index) {
    return name_sql(texts_to(AdmissionType::other), index);
}

std::string tariff_applied_name_sql(std::string_view index) {
    return name_sql(texts_to(TariffApplied::local), index);
}

std::string reason_name_sql(const PriceBook& book, std::string_view index) {
    return name_sql(book.reasons(), index);
}

}  // namespace purse
