#include "warehouse/payable_steps.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "base/code.hpp"
#include "pricing/marginal_rate.hpp"
#include "pricing/readmissions.hpp"

namespace purse {

namespace {

constexpr std::uint8_t by_readmission = 1;
constexpr std::uint8_t by_marginal_rate = 2;

// Nationally priced day cases, elective and emergency spells, with what the steps ask of them.
// Materialised between pricing and choosing, or each condition would price again.
std::string spells_sql(const SpellScan& scan) {
    return fmt::format(
        "(with charged as materialized (select {}::bigint as batch, line, {} as year, "
        "{} as earlier, patient, coalesce(commissioner, '') as commissioner, "
        "coalesce(provider, '') as provider, coalesce(hrg, '') as hrg, "
        "coalesce(admission_method, '') as admission_method, "
        "coalesce(discharge_method, '') as discharge_method, coalesce(age, -1) as age, "
        "admission_date, discharge_date, coalesce(diagnoses, '') as diagnoses, "
        "{} as c from {}) "
        "select * exclude (c), c.admission_type::integer as type, "
        "c.final_price_pence as full_pence from charged "
        "where c.outcome = {} and c.admission_type <= {})",
        scan.batch->number, scan.batch->book->rules().year.starts(), scan.earlier, scan.call,
        scan.scan, static_cast<int>(ChargeOutcome::priced),
        static_cast<int>(AdmissionType::non_elective_emergency));
}

static_assert(static_cast<int>(AdmissionType::day_case) == 0 &&
              static_cast<int>(AdmissionType::elective) == 1 &&
              static_cast<int>(AdmissionType::non_elective_emergency) == 2);

void make_spells(Database& database, const std::vector<SpellScan>& scans) {
    std::string all;
    for (const SpellScan& scan : scans)
        all += (all.empty() ? "" : " union all ") + spells_sql(scan);
    database.run("gather the spells of the payable steps", "create temp table spells as " + all);
}

// Emergencies of the year with an elective discharge of the same patient and commissioner within
// the days before, and those elective spells.
std::string readmissions_sql(const PricingRules& rules) {
    return fmt::format(
        "with pairs as materialized (select e.batch as e_batch, e.line as e_line, "
        "i.batch as i_batch, i.line as i_line from spells e join spells i "
        "on e.patient = i.patient and e.commissioner = i.commissioner "
        "where e.type = 2 and i.type < 2 and e.year = {} and not e.earlier "
        "and i.discharge_date between e.admission_date - {} and e.admission_date) "
        "select batch, line, patient, commissioner, provider, hrg, admission_method, "
        "discharge_method, age, admission_date, discharge_date, type, full_pence, diagnoses "
        "from spells where (batch, line) in (select (e_batch, e_line) from pairs "
        "union select (i_batch, i_line) from pairs) order by batch, line",
        rules.year.starts(), rules.readmission_days);
}

PricedSpell spell_of(const Rows& rows) {
    PricedSpell spell;
    spell.patient = rows.pseudonym(2);
    spell.commissioner = packed(rows.text(3));
    spell.provider = packed(rows.text(4));
    spell.hrg = packed(rows.text(5));
    spell.admission_method = packed(rows.text(6));
    spell.discharge_method = packed(rows.text(7));
    spell.age = static_cast<std::int32_t>(rows.number(8));
    spell.admission_day = static_cast<std::int32_t>(rows.number(9));
    spell.discharge_day = static_cast<std::int32_t>(rows.number(10));
    spell.type = static_cast<AdmissionType>(rows.number(11));
    spell.full_pence = rows.number(12);
    spell.diagnoses = rows.text(13);
    return spell;
}

void find_readmissions(Database& database, const PricingRules& rules,
                       std::vector<Reduction>& found) {
    std::vector<PricedSpell> spells;
    std::vector<std::pair<std::int64_t, std::int64_t>> places;
    Rows rows = database.query("find emergency readmissions", readmissions_sql(rules));
    while (rows.next()) {
        places.emplace_back(rows.number(0), rows.number(1));
        spells.push_back(spell_of(rows));
    }
    const std::vector<PayableSpell> payable = apply_readmissions(spells, rules);
    for (std::size_t i = 0; i < payable.size(); ++i) {
        const std::int64_t not_paid = payable[i].full_pence - payable[i].payable_pence;
        if (not_paid == 0) continue;
        found.push_back({places[i].first, places[i].second, not_paid, by_readmission});
    }
}

const Reduction* reduction_of(const std::vector<Reduction>& sorted, std::int64_t batch,
                              std::int64_t line) {
    const auto at = std::ranges::lower_bound(
        sorted, std::pair(batch, line), {},
        [](const Reduction& reduction) { return std::pair(reduction.batch, reduction.line); });
    return at != sorted.end() && at->batch == batch && at->line == line ? &*at : nullptr;
}

// A year's emergencies under the marginal rate, at what readmissions left of their price.
struct Emergencies {
    std::vector<std::pair<std::int64_t, std::int64_t>> places;
    std::vector<EmergencyValue> values;
};

Emergencies emergencies_of(Database& database, const PricingRules& rules,
                           const std::vector<Reduction>& readmissions) {
    Emergencies found;
    Rows rows = database.query(
        "gather emergencies for the marginal rate",
        fmt::format("select batch, line, provider, hrg, commissioner, full_pence from spells "
                    "where type = 2 and year = {} and not earlier order by batch, line",
                    rules.year.starts()));
    PricedSpell spell;
    spell.type = AdmissionType::non_elective_emergency;
    while (rows.next()) {
        spell.provider = packed(rows.text(2));
        spell.hrg = packed(rows.text(3));
        spell.commissioner = packed(rows.text(4));
        if (!is_under_marginal_rate(spell, rules)) continue;
        const auto place = std::pair(rows.number(0), rows.number(1));
        const Reduction* already = reduction_of(readmissions, place.first, place.second);
        const std::int64_t left =
            rows.number(5) - (already == nullptr ? 0 : already->not_paid_pence);
        if (left <= 0) continue;
        found.places.push_back(place);
        found.values.push_back({spell.provider, spell.type, left});
    }
    return found;
}

Result<std::map<std::uint64_t, Pence>> baselines_of(const Emergencies& emergencies,
                                                    const PricingRules& rules,
                                                    const PayableSettings& settings) {
    std::set<std::uint64_t> providers;
    for (const EmergencyValue& value : emergencies.values) providers.insert(value.provider);
    std::map<std::uint64_t, Pence> baselines;
    std::string missing;
    const auto year = settings.baselines.find(rules.year);
    for (const std::uint64_t provider : providers) {
        const ProviderCode code = ProviderCode::from_packed(provider);
        const bool known = year != settings.baselines.end() && year->second.contains(code);
        if (!known) {
            missing += (missing.empty() ? "" : ", ") + code.text();
        } else if (const auto& baseline = year->second.at(code)) {
            baselines[provider] = baseline_to_date(*baseline, settings.months);
        }
    }
    if (missing.empty()) return baselines;
    return conflict(fmt::format(
        "the month cannot be closed: the marginal emergency rate is on for {0} ({1}), and {2} has "
        "no baseline for {3}. Write provider, year ({0}), baseline_pounds (none: outside any "
        "contract, paid in full) and source into that file, or set marginal_rate_on to false",
        to_text(rules.year), rules.file, settings.baselines_file.string(), missing));
}

Outcome find_marginal(Database& database, const PricingRules& rules,
                      const PayableSettings& settings, const std::vector<Reduction>& readmissions,
                      std::vector<Reduction>& found) {
    const Emergencies emergencies = emergencies_of(database, rules, readmissions);
    const auto baselines = baselines_of(emergencies, rules, settings);
    if (!baselines) return baselines.problem();
    const auto payable = apply_marginal_rate(emergencies.values, *baselines, rules);
    for (std::size_t i = 0; i < payable.size(); ++i) {
        const std::int64_t not_paid = emergencies.values[i].full_pence - payable[i];
        if (not_paid == 0) continue;
        const auto& [batch, line] = emergencies.places[i];
        found.push_back({batch, line, not_paid, by_marginal_rate});
    }
    return Nothing{};
}

// One reduction a record.
std::vector<Reduction> merged(std::vector<Reduction> all) {
    std::ranges::sort(all);
    std::vector<Reduction> once;
    for (const Reduction& reduction : all) {
        if (!once.empty() && once.back().batch == reduction.batch &&
            once.back().line == reduction.line) {
            once.back().not_paid_pence += reduction.not_paid_pence;
            once.back().why = static_cast<std::uint8_t>(once.back().why | reduction.why);
        } else {
            once.push_back(reduction);
        }
    }
    return once;
}

using Reductions = std::vector<Reduction>;

template <class Value, Value (*value_of)(const Reduction&)>
void reduction_callback(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector result) {
    const auto& known =
        *static_cast<const Reductions*>(duckdb_scalar_function_get_extra_info(info));
    const auto* batches = static_cast<const std::int64_t*>(
        duckdb_vector_get_data(duckdb_data_chunk_get_vector(input, 0)));
    const auto* lines = static_cast<const std::int64_t*>(
        duckdb_vector_get_data(duckdb_data_chunk_get_vector(input, 1)));
    auto* values = static_cast<Value*>(duckdb_vector_get_data(result));
    const idx_t rows = duckdb_data_chunk_get_size(input);
    for (idx_t row = 0; row < rows; ++row) {
        const Reduction* found = reduction_of(known, batches[row], lines[row]);
        values[row] = found == nullptr ? Value{0} : value_of(*found);
    }
}

std::int64_t pence_of(const Reduction& reduction) { return reduction.not_paid_pence; }
std::uint8_t why_of(const Reduction& reduction) { return reduction.why; }

void register_reduction(Database& database, const char* name, duckdb_type gives,
                        duckdb_scalar_function_t body, const Reductions& reductions) {
    duckdb_scalar_function function = duckdb_create_scalar_function();
    duckdb_scalar_function_set_name(function, name);
    duckdb_logical_type number = duckdb_create_logical_type(DUCKDB_TYPE_BIGINT);
    duckdb_scalar_function_add_parameter(function, number);
    duckdb_scalar_function_add_parameter(function, number);
    duckdb_destroy_logical_type(&number);
    duckdb_logical_type given = duckdb_create_logical_type(gives);
    duckdb_scalar_function_set_return_type(function, given);
    duckdb_destroy_logical_type(&given);
    duckdb_scalar_function_set_extra_info(function, const_cast<Reductions*>(&reductions), nullptr);
    duckdb_scalar_function_set_function(function, body);
    CHECK(duckdb_register_scalar_function(database.connection(), function) == DuckDBSuccess);
    duckdb_destroy_scalar_function(&function);
}

// The rules of the years whose records are priced, each once.
std::map<FinancialYear, const PricingRules*> rules_of(const std::vector<SpellScan>& scans) {
    std::map<FinancialYear, const PricingRules*> years;
    for (const SpellScan& scan : scans) {
        if (scan.earlier) continue;
        const PricingRules& rules = scan.batch->book->rules();
        years[rules.year] = &rules;
    }
    return years;
}

}  // namespace

bool any_step_on(const std::vector<BatchToPrice>& batches) {
    return std::ranges::any_of(batches, [](const BatchToPrice& batch) {
        return batch.set == DataSet::admitted_care &&
               (batch.book->rules().readmissions_on || batch.book->rules().marginal_rate_on);
    });
}

Result<std::vector<Reduction>> find_reductions(Database& database,
                                               const std::vector<SpellScan>& scans,
                                               const PayableSettings& settings) {
    make_spells(database, scans);
    const auto years = rules_of(scans);
    std::vector<Reduction> found;
    for (const auto& [year, rules] : years) {
        if (rules->readmissions_on) find_readmissions(database, *rules, found);
    }
    std::ranges::sort(found);
    const std::vector<Reduction> readmissions = found;
    for (const auto& [year, rules] : years) {
        if (!rules->marginal_rate_on) continue;
        const auto done = find_marginal(database, *rules, settings, readmissions, found);
        if (!done) return done.problem();
    }
    database.run("let the spells of the payable steps go", "drop table spells");
    return merged(std::move(found));
}

Pence baseline_to_date(Pence baseline, int months) {
    CHECK(months >= 1 && months <= 12 && baseline >= Pence(0));
    const std::int64_t whole_twelfths = baseline.count() / 12 * months;
    return Pence(whole_twelfths + (baseline.count() % 12 * months + 6) / 12);
}

void register_reductions(Database& database, const std::vector<Reduction>& reductions) {
    register_reduction(database, "purse_not_paid", DUCKDB_TYPE_BIGINT,
                       reduction_callback<std::int64_t, pence_of>, reductions);
    register_reduction(database, "purse_not_paid_why", DUCKDB_TYPE_UTINYINT,
                       reduction_callback<std::uint8_t, why_of>, reductions);
}

std::string payable_reason_sql(const std::string& why) {
    return fmt::format(
        "list_extract(['', 'emergency_readmission', 'marginal_rate', "
        "'emergency_readmission;marginal_rate'], {} + 1)",
        why);
}

}  // namespace purse
