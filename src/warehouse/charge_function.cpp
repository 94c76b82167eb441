#include "warehouse/charge_function.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <vector>

#include "calendar/month.hpp"
#include "pricing/line_of.hpp"
#include "warehouse/charge_columns.hpp"
#include "warehouse/charge_result.hpp"
#include "warehouse/code_functions.hpp"
#include "warehouse/function_in_making.hpp"
#include "warehouse/vector_reader.hpp"

namespace purse {

namespace {

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

struct Scratch {
    ReaderBuffers buffers;
    ChargeFields fields;
    std::vector<std::uint64_t> none;
};

// What a registered function knows.
struct Pricer {
    DataSet set;
    ChargeUse use;
    const PriceBook* book;
    const Affiliations* affiliations;
    std::vector<std::uint8_t> given;  // by argument: whether the call has it
};

template <class Value>
std::uint8_t index_of(Value value) {
    return static_cast<std::uint8_t>(value);
}

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

void charge_spells(const Pricer& pricer, VectorReader& in, ChargeFields& fields) {
    const SpellColumns columns = spells(in);
    pricer.book->price_spells(columns, fields.charges);
    fields.provider = columns.provider;
    fields.treatment_function = columns.treatment_function;
    for (std::size_t row = 0; row < in.rows(); ++row) {
        fields.lines[row] =
            index_of(line_of_spell(fields.charges.admission_type[row], columns.hrg[row]));
    }
}

void charge_attendances(const Pricer& pricer, VectorReader& in, ChargeFields& fields) {
    const AttendanceColumns columns = attendances(in);
    const std::span<const std::uint64_t> referral_source = in.codes();
    const ChargeColumns& charges = fields.charges;
    pricer.book->price_attendances(columns, fields.charges);
    fields.provider = columns.provider;
    fields.treatment_function = columns.treatment_function;
    for (std::size_t row = 0; row < in.rows(); ++row) {
        fields.lines[row] =
            index_of(line_of_attendance(charges.tariff_applied[row], columns.first_attendance[row],
                                        columns.direct_access[row] != 0));
        fields.imaging_items[row] =
            charges.imaging_pence[row] == 0
                ? 0
                : images_among(pricer.book->tariff(), columns.unbundled_hrgs[row]);
        const bool counts =
            charges.outcome[row] != ChargeOutcome::excluded &&
            is_consultant_to_consultant(columns.first_attendance[row], referral_source[row]);
        fields.consultant_referrals[row] = counts ? 1 : 0;
    }
}

void charge_emergencies(const Pricer& pricer, VectorReader& in, Scratch& scratch) {
    const EmergencyColumns columns = emergencies(in);
    pricer.book->price_emergency(columns, scratch.fields.charges);
    scratch.none.assign(in.rows(), 0);
    scratch.fields.provider = columns.provider;
    scratch.fields.treatment_function = scratch.none;
    std::ranges::fill(scratch.fields.lines, index_of(BudgetLine::emergency_department));
}

void charge(const Pricer& pricer, duckdb_data_chunk input, duckdb_vector result) {
    thread_local Scratch scratch;
    ChargeFields& fields = scratch.fields;
    VectorReader in(input, scratch.buffers, pricer.given);
    fields.practice = in.codes();
    const std::span<const std::uint64_t> commissioners = in.codes();
    const std::span<const std::int32_t> days = in.days(0);
    if (has_account(pricer.use)) {
        fill_months(days, fields.months);
        fill_accounts(pricer.affiliations, fields.practice, commissioners, days, fields.accounts);
    } else {
        fields.months.assign(in.rows(), 0);
        fields.accounts.assign(in.rows(), 0);
    }
    fields.lines.assign(in.rows(), 0);
    fields.imaging_items.assign(in.rows(), 0);
    fields.consultant_referrals.assign(in.rows(), 0);
    switch (pricer.set) {
        case DataSet::admitted_care:
            charge_spells(pricer, in, fields);
            break;
        case DataSet::outpatients:
            charge_attendances(pricer, in, fields);
            break;
        case DataSet::emergency:
        case DataSet::prescribing:
            charge_emergencies(pricer, in, scratch);
            break;
    }
    write_charges(fields, in.rows(), pricer.use, result);
}

void charge_callback(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector result) {
    try {
        charge(*static_cast<const Pricer*>(duckdb_scalar_function_get_extra_info(info)), input,
               result);
    } catch (const std::exception& fault) {
        duckdb_scalar_function_set_error(info, fault.what());
    }
}

}  // namespace

std::string register_charges(Database& database, const std::string& name, DataSet set,
                             const PriceBook& book, const Affiliations* affiliations,
                             ChargeUse use) {
    FunctionInMaking function(name);
    std::vector<std::string_view> read;
    std::vector<std::uint8_t> given;
    for (const ChargeColumn& column : charge_columns(set, book, use)) {
        given.push_back(column.is_read ? 1 : 0);
        if (!column.is_read) continue;
        read.push_back(column.name);
        function.takes(sql_type(stored_columns(set)[column_index(set, column.name)].type));
    }
    function.gives(charge_result_type(use));
    function.knows(new Pricer{set, use, &book, affiliations, std::move(given)},
                   [](void* pricer) { delete static_cast<Pricer*>(pricer); });
    function.registered(database, charge_callback);
    return fmt::format("{}({})", name, fmt::join(read, ", "));
}

}  // namespace purse
