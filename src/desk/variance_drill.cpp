#include "desk/variance_drill.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "monitoring/plan_prices.hpp"
#include "tables/delimited.hpp"

namespace purse {

namespace {

struct ByName {
    VarianceBy by;
    std::string_view name;
};
constexpr ByName by_names[] = {{VarianceBy::line, "line"},
                               {VarianceBy::specialty, "specialty"},
                               {VarianceBy::hrg, "hrg"},
                               {VarianceBy::provider, "provider"},
                               {VarianceBy::referrer, "referrer"}};

Pence size_of(Pence amount) { return amount < Pence(0) ? -amount : amount; }

// Code and description, from rules/codes.
std::map<std::string, std::string> described(const Site& site, std::string_view codes) {
    std::map<std::string, std::string> names;
    const auto table = read_table(site.rules_folder() / "codes" / fmt::format("{}.csv", codes));
    if (!table) return names;
    for (const auto& row : table->rows) {
        if (row.cells.size() >= 2) names[row.cells[0]] = row.cells[1];
    }
    return names;
}

class Drill {
  public:
    Drill(const Site& site, const MonthReports& reports, const MonthVariances& variances,
          const PracticeVariance& practice, std::optional<BudgetLine> line)
        : site_(site), reports_(reports), variances_(variances), practice_(practice), line_(line) {}

    Result<VarianceDrill> by(VarianceBy by) {
        drill_.by = by;
        drill_.title = fmt::format("{} ({}), {}, to {}, by {}", practice_.name, practice_.code,
                                   line_ ? name_of(*line_).name : std::string_view("all lines"),
                                   in_words(practice_.month), to_text(by));
        for (const LineVariance& of_line : practice_.lines) {
            if (is_asked(of_line.line)) drill_.sum += of_line.sum;
        }
        if (by == VarianceBy::line) add_lines();
        if (by == VarianceBy::specialty) add_specialties();
        if (by == VarianceBy::hrg) {
            if (auto added = add_roots(); !added) return added.problem();
        }
        if (!has_parts(by)) {
            if (auto added = add_details(by); !added) return added.problem();
        }
        std::ranges::stable_sort(drill_.rows, std::ranges::greater(),
                                 [](const auto& row) { return size_of(row.sum.total()); });
        std::ranges::stable_sort(drill_.details, std::ranges::greater(),
                                 [](const auto& row) { return size_of(row.difference()); });
        return std::move(drill_);
    }

  private:
    [[nodiscard]] bool is_asked(BudgetLine line) const { return !line_ || *line_ == line; }

    void add_lines() {
        for (const LineVariance& of_line : practice_.lines) {
            if (!is_asked(of_line.line)) continue;
            drill_.rows.push_back({std::string(name_of(of_line.line).code),
                                   std::string(name_of(of_line.line).name), of_line.sum});
        }
    }

    void add_specialties() {
        const auto names = described(site_, "treatment_function");
        std::map<std::string, VarianceRow> rows;
        for (const LineVariance& of_line : practice_.lines) {
            if (!is_asked(of_line.line)) continue;
            for (const auto& [code, variance] : of_line.by_specialty) {
                VarianceRow& row = rows[specialty_key(of_line.line, code)];
                row.code = code;
                row.name = specialty_name(of_line.line, code, names);
                row.sum += variance;
            }
        }
        for (auto& [key, row] : rows) drill_.rows.push_back(std::move(row));
    }

    // A section of prescribing may look like a treatment function.
    static std::string specialty_key(BudgetLine line, const std::string& code) {
        if (code.empty()) return std::string(name_of(line).code);
        return line == BudgetLine::prescribing ? "bnf " + code : code;
    }

    static std::string specialty_name(BudgetLine line, const std::string& code,
                                      const std::map<std::string, std::string>& names) {
        if (code.empty()) {
            return fmt::format("{}: no specialty", name_of(line).name);
        }
        if (line == BudgetLine::prescribing) return "BNF section " + code;
        const auto found = names.find(code);
        return found == names.end() ? code : found->second;
    }

    Outcome add_roots() {
        std::map<std::pair<BudgetLine, std::string>, VarianceRow> rows;
        for (const LineVariance& of_line : practice_.lines) {
            if (!is_asked(of_line.line)) continue;
            const auto roots = variances_.by_root(practice_.code, of_line.line);
            if (!roots) return roots.problem();
            for (const auto& [root, variance] : *roots) {
                VarianceRow& row = rows[{of_line.line, root}];
                row.code = root;
                row.name = root.empty()
                               ? fmt::format("{}: of no condition", name_of(of_line.line).name)
                               : fmt::format("{} {}", name_of(of_line.line).name, root);
                row.sum += variance;
            }
        }
        for (auto& [key, row] : rows) {
            if (row.sum != Variance{}) drill_.rows.push_back(std::move(row));
        }
        return Nothing{};
    }

    [[nodiscard]] std::vector<Account> accounts() const {
        std::vector<Account> all{Account(practice_.code)};
        for (const auto& [part, figures] : reports_.accounts.at(all.front()).parts) {
            if (part != all.front()) all.push_back(part);
        }
        return all;
    }

    struct Sums {
        wide planned = 0, planned_cost = 0, cost = 0, severity = 0, price = 0;  // thousandths
        std::int64_t count = 0;
    };

    // Plans are brought to the period and its list cell by cell, each rounded to a thousandth.
    void add_planned(const PlannedCell& planned, std::map<std::string, Sums>& sums) const {
        const LineVariance* of_line = practice_.line(planned.cell.line);
        if (of_line == nullptr || planned.holder != Account(practice_.code)) return;
        const auto brought = [&](std::int64_t amount, std::int64_t unit) {
            const Factor part(
                divided(wide{planned.part} * Factor::one, planned.whole, Rounding::half_up));
            const wide of_period =
                divided(wide{amount} * unit * part.millionths(), Factor::one, Rounding::half_up);
            return divided(of_period * of_line->expected.now, of_line->expected.before,
                           Rounding::half_up);
        };
        Sums& sum = sums[planned.cell.of];
        sum.planned += brought(planned.cell.count, a_thousand);
        sum.planned_cost += brought(planned.cell.cost(), 1);
    }

    Outcome add_details(VarianceBy by) {
        const CellDetail detail =
            by == VarianceBy::provider ? CellDetail::provider : CellDetail::referrer;
        const auto plan = variance_plan(site_, reports_, detail, accounts());
        if (!plan) return plan.problem();
        const auto cells = activity_now(site_, reports_, accounts(), detail);
        if (!cells) return cells.problem();
        std::map<std::string, Sums> sums;
        for (const PlannedCell& planned : plan->cells) {
            if (is_asked(planned.cell.line)) add_planned(planned, sums);
        }
        for (const ActivityCell& cell : *cells) {
            if (!is_asked(cell.line) || practice_.line(cell.line) == nullptr) continue;
            Sums& sum = sums[cell.of];
            sum.count += cell.count;
            sum.cost += cell.cost();
            add_codes(cell, sum);
        }
        put_details(by, sums);
        return Nothing{};
    }

    void add_codes(const ActivityCell& cell, Sums& sum) {
        const auto [prices, fresh] =
            prices_.try_emplace({cell.line, cell.specialty}, VarianceGrain{});
        if (fresh) {
            const VarianceGrain* grain =
                variances_.grain(practice_.code, cell.line, cell.specialty);
            if (grain != nullptr) prices->second = PlanPrices(*grain);
        }
        const auto [root, split] = root_and_split(cell);
        const CodesAndPrices added = prices->second.of(root, split, cell.count, cell.cost());
        sum.severity += added.severity;
        sum.price += added.price;
    }

    void put_details(VarianceBy by, const std::map<std::string, Sums>& sums) {
        std::map<std::string, std::string> names;
        if (by == VarianceBy::provider) {
            for (const Provider& provider : site_.decisions().organisations().providers) {
                names[provider.code.text()] = provider.name;
            }
        }
        const auto pence = [](wide thousandths) {
            return Pence(divided(thousandths, FinePence::per_penny, Rounding::half_up));
        };
        Pence explained;
        for (const auto& [code, sum] : sums) {
            DetailRow row;
            row.code = code;
            row.name = names.contains(code) ? names.at(code) : code;
            if (code.empty()) row.name = by == VarianceBy::provider ? "Prescribing" : "Not named";
            row.planned = static_cast<std::int64_t>(sum.planned);
            row.planned_cost = pence(sum.planned_cost);
            row.count = sum.count;
            row.cost = pence(sum.cost);
            row.severity = pence(sum.severity);
            row.price = pence(sum.price);
            explained += row.difference();
            drill_.details.push_back(std::move(row));
        }
        drill_.of_no_detail = drill_.sum.total() - explained;
    }

    const Site& site_;
    const MonthReports& reports_;
    const MonthVariances& variances_;
    const PracticeVariance& practice_;
    std::optional<BudgetLine> line_;
    std::map<std::pair<BudgetLine, std::string>, PlanPrices> prices_;
    VarianceDrill drill_;
};

}  // namespace

std::string_view to_text(VarianceBy by) { return by_names[static_cast<std::size_t>(by)].name; }

Result<VarianceBy> parse_variance_by(std::string_view text) {
    for (const ByName& name : by_names) {
        if (name.name == text) return name.by;
    }
    return bad_input(fmt::format(
        "'{}' is no way to take a variance apart: use line, specialty, hrg, provider or referrer",
        text));
}

Result<VarianceDrill> variance_drill(const Site& site, const MonthReports& reports,
                                     const MonthVariances& variances, const std::string& code,
                                     VarianceBy by, std::optional<BudgetLine> line) {
    const auto practice = variances.of(code);
    if (!practice) return practice.problem();
    if (line && practice->line(*line) == nullptr) {
        return not_found(fmt::format("{} has neither a budget nor records of {} in {}", code,
                                     name_of(*line).name, in_words(practice->month)));
    }
    return Drill(site, reports, variances, *practice, line).by(by);
}

}  // namespace purse
