#include "desk/patient_lists.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "desk/variance_plan.hpp"
#include "tables/delimited.hpp"

namespace purse {

namespace {

struct KindNames {
    PatientListKind kind;
    std::string_view code, words;
};
constexpr KindNames kind_names[] = {
    {PatientListKind::high_users, "high_users", "patients whose hospital care cost most"},
    {PatientListKind::readmissions, "readmissions", "emergency admissions soon after a discharge"},
    {PatientListKind::ambulatory_care_sensitive, "ambulatory_care_sensitive",
     "emergency admissions for conditions that care outside hospital may prevent"},
    {PatientListKind::long_stays, "long_stays", "stays with days beyond the trim point"}};

// A rule of rules/patients/patients.csv.
struct PatientRule {
    std::size_t value = 0;
    std::string source;
};

Result<std::map<std::string, PatientRule>> read_rules(const std::filesystem::path& file) {
    const auto table = read_table(file);
    if (!table) return table.problem();
    std::map<std::string, PatientRule> rules;
    for (const auto& row : table->rows) {
        if (row.cells.size() != 3) {
            return bad_input(
                fmt::format("{}, line {}: write what, value, source", table->file, row.line));
        }
        PatientRule& rule = rules[row.cells[0]];
        const std::string& value = row.cells[1];
        std::from_chars(value.data(), value.data() + value.size(), rule.value);
        rule.source = row.cells[2];
    }
    for (const char* wanted : {"high_users_most", "readmission_days"}) {
        if (rules[wanted].value > 0) continue;
        return bad_input(
            fmt::format("{}: '{}' is missing or no number above 0", table->file, wanted));
    }
    return rules;
}

struct SensitiveCondition {
    std::string name, kind, code;
};

// Codes by their first characters: I50 stands for all of I50.
Result<std::vector<SensitiveCondition>> read_conditions(const std::filesystem::path& file) {
    const auto table = read_table(file);
    if (!table) return table.problem();
    const auto condition = table->column("condition");
    const auto kind = table->column("kind");
    const auto codes = table->column("codes");
    for (const auto* column : {&condition, &kind, &codes}) {
        if (!*column) return column->problem();
    }
    std::vector<SensitiveCondition> conditions;
    for (const auto& row : table->rows) {
        std::string_view left = row.cells[*codes];
        while (!left.empty()) {
            const std::size_t end = std::min(left.find(' '), left.size());
            if (end > 0) {
                conditions.push_back(
                    {row.cells[*condition], row.cells[*kind], std::string(left.substr(0, end))});
            }
            left.remove_prefix(std::min(end + 1, left.size()));
        }
    }
    return conditions;
}

PatientRow row_of(const PatientSpell& spell) {
    return {.patient = to_text(spell.patient),
            .record_id = spell.record_id,
            .provider = spell.provider,
            .hrg = spell.hrg,
            .admitted = spell.admitted,
            .discharged = spell.discharged,
            .says = {},
            .cost = spell.cost};
}

class ListMaker {
  public:
    ListMaker(const Site& site, const MonthReports& reports, const std::string& account)
        : site_(site), reports_(reports), account_(account) {}

    Result<PatientList> make(PatientListKind kind) {
        const auto rules = read_rules(folder() / "patients.csv");
        if (!rules) return rules.problem();
        rules_ = *rules;
        if (auto found = find_batches(); !found) return found.problem();
        list_.kind = kind;
        list_.title =
            fmt::format("{} ({}): {}, the year to {}", reports_.setting.name_of(Account(account_)),
                        account_, in_words(kind), in_words(reports_.setting.month));
        if (auto added = add(kind); !added) return added.problem();
        std::ranges::stable_sort(list_.rows, std::ranges::greater(), &PatientRow::cost);
        std::set<std::string> patients;
        for (const PatientRow& row : list_.rows) {
            list_.total += row.cost;
            patients.insert(row.patient);
        }
        list_.patients = patients.size();
        return std::move(list_);
    }

  private:
    [[nodiscard]] std::filesystem::path folder() const { return site_.rules_folder() / "patients"; }

    Outcome find_batches() {
        const Month last = reports_.setting.month;
        wanted_ = {last.financial_year().first_month(), last, {Account(account_)}, {}};
        const auto known = reports_.accounts.find(Account(account_));
        if (known == reports_.accounts.end() || is_unattributed(Account(account_))) {
            return not_found(
                fmt::format("{} has no patients' records in {}", account_, in_words(last)));
        }
        for (const auto& [part, figures] : known->second.parts) {
            if (part != Account(account_)) wanted_.accounts.push_back(part);
        }
        const auto batches = batches_of(site_, reports_.closing);
        if (!batches) return batches.problem();
        for (const CurrentBatch& current : *batches) {
            const NewBatch& load = current.batch.load;
            if (load.month < wanted_.first || load.month > wanted_.last) continue;
            BatchToPrice batch;
            batch.set = load.set;
            batch.records = site_.folder() / load.records.path;
            batch.number = current.batch.number.value;
            batches_.push_back(std::move(batch));
        }
        return Nothing{};
    }

    [[nodiscard]] std::filesystem::path charges() const {
        return site_.folder() / reports_.closing.closing.charges.path;
    }

    Outcome add(PatientListKind kind) {
        if (kind == PatientListKind::high_users) return add_high_users();
        const auto spells = patient_spells(charges(), batches_, wanted_, site_.database_limits());
        if (!spells) return spells.problem();
        if (kind == PatientListKind::readmissions) add_readmissions(*spells);
        if (kind == PatientListKind::long_stays) add_long_stays(*spells);
        if (kind == PatientListKind::ambulatory_care_sensitive) return add_sensitive(*spells);
        return Nothing{};
    }

    Outcome add_high_users() {
        const PatientRule& most = rules_["high_users_most"];
        const auto uses =
            patient_uses(charges(), batches_, wanted_, most.value, site_.database_limits());
        if (!uses) return uses.problem();
        for (const PatientUse& use : *uses) {
            PatientRow row;
            row.patient = to_text(use.patient);
            row.says = fmt::format("{} admissions, {} outpatient and {} A&E attendances",
                                   use.admissions, use.attendances, use.emergency_attendances);
            row.cost = use.cost;
            list_.rows.push_back(std::move(row));
        }
        list_.source = fmt::format("the {} who cost most: {}", most.value, most.source);
        return Nothing{};
    }

    // Spells come by patient and day of admission.
    void add_readmissions(const std::vector<PatientSpell>& spells) {
        const PatientRule& within = rules_["readmission_days"];
        const auto days = static_cast<std::int32_t>(within.value);
        for (std::size_t at = 1; at < spells.size(); ++at) {
            const PatientSpell& spell = spells[at];
            if (!spell.emergency) continue;
            const PatientSpell* before = nullptr;
            for (std::size_t back = at; back-- > 0 && spells[back].patient == spell.patient;) {
                const PatientSpell& earlier = spells[back];
                if (earlier.discharged > spell.admitted) continue;
                if (before == nullptr || earlier.discharged > before->discharged) before = &earlier;
            }
            if (before == nullptr) continue;
            const std::int32_t since = spell.admitted.days() - before->discharged.days();
            if (since > days) continue;
            PatientRow row = row_of(spell);
            row.says = fmt::format("{} days after the discharge of {} ({})", since,
                                   in_words(before->discharged), before->hrg);
            list_.rows.push_back(std::move(row));
        }
        list_.source = fmt::format("within {} days of any discharge of the year: {}", within.value,
                                   within.source);
    }

    void add_long_stays(const std::vector<PatientSpell>& spells) {
        for (const PatientSpell& spell : spells) {
            if (spell.excess_days <= 0) continue;
            PatientRow row = row_of(spell);
            row.says = fmt::format("{} days beyond the trim point; the stay cost {}",
                                   spell.excess_days, in_pounds(spell.cost));
            row.cost = spell.excess_cost;
            list_.rows.push_back(std::move(row));
        }
        list_.source = "excess bed days of the tariff, before the market forces factor";
    }

    Outcome add_sensitive(const std::vector<PatientSpell>& spells) {
        const auto conditions = read_conditions(folder() / "ambulatory_care_sensitive.csv");
        if (!conditions) return conditions.problem();
        for (const PatientSpell& spell : spells) {
            if (!spell.emergency) continue;
            const auto found = std::ranges::find_if(*conditions, [&](const auto& condition) {
                return spell.diagnosis.starts_with(condition.code);
            });
            if (found == conditions->end()) continue;
            PatientRow row = row_of(spell);
            row.says = fmt::format("{} ({}, {})", found->name, found->kind, spell.diagnosis);
            list_.rows.push_back(std::move(row));
        }
        list_.source = "primary diagnoses of rules/patients/ambulatory_care_sensitive.csv: " +
                       rules_["source_a"].source;
        return Nothing{};
    }

    const Site& site_;
    const MonthReports& reports_;
    const std::string& account_;
    std::map<std::string, PatientRule> rules_;
    CellsWanted wanted_;
    std::vector<BatchToPrice> batches_;
    PatientList list_;
};

}  // namespace

std::string_view to_text(PatientListKind kind) {
    return kind_names[static_cast<std::size_t>(kind)].code;
}

std::string_view in_words(PatientListKind kind) {
    return kind_names[static_cast<std::size_t>(kind)].words;
}

Result<PatientListKind> parse_patient_list_kind(std::string_view text) {
    for (const KindNames& names : kind_names) {
        if (names.code == text) return names.kind;
    }
    return bad_input(fmt::format(
        "'{}' is no list of patients: use high_users, readmissions, ambulatory_care_sensitive or "
        "long_stays",
        text));
}

Result<PatientList> patient_list(const Site& site, const MonthReports& reports,
                                 const std::string& account, PatientListKind kind) {
    return ListMaker(site, reports, account).make(kind);
}

}  // namespace purse
