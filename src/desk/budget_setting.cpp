#include "desk/budget_setting.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "base/digest.hpp"
#include "budget/compute_file.hpp"
#include "budget/need_weights.hpp"
#include "budget/scheme_method.hpp"
#include "desk/baseline_costs.hpp"
#include "desk/baseline_remarks.hpp"
#include "desk/month_inputs.hpp"
#include "population/answered_lists.hpp"
#include "warehouse/durable_file.hpp"

namespace purse {

namespace fs = std::filesystem;

namespace {

std::string bytes_of_file(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

// Puts what was gathered into the derivation's inputs.
class DerivationInputsMaker {
  public:
    DerivationInputsMaker(const Site& site, const SetBudgetsRequest& request, const Scheme& scheme)
        : site_(site), request_(request), scheme_(scheme) {}

    Result<DerivationInputs> make(std::vector<std::string>& notes) {
        name();
        const auto allocation = read_envelopes(request_.allocation);
        if (!allocation) return allocation.problem();
        inputs_.allocation = *allocation;
        for (const auto& [line, amount] : *allocation) {
            if (scheme_.scopes.at(line) == LineScope::in) lines_.push_back(line);
        }
        const auto baseline =
            baseline_costs(site_, inputs_.baseline_from, inputs_.baseline_to, request_.year);
        if (!baseline) return baseline.problem();
        notes.insert(notes.end(), baseline->notes.begin(), baseline->notes.end());
        inputs_.price_source = baseline->price_source;
        put_costs(*baseline, notes);
        if (auto done = put_lists(); !done) return done.problem();
        if (auto done = put_remarks(*baseline, notes); !done) return done.problem();
        if (auto done = put_needs(); !done) return done.problem();
        if (request_.entries) {
            auto entries = read_entries(*request_.entries);
            if (!entries) return entries.problem();
            if (auto done = put_adjustments(inputs_, std::move(*entries)); !done) {
                return done.problem();
            }
        }
        if (request_.savings) {
            auto savings = read_savings(*request_.savings);
            if (!savings) return savings.problem();
            if (auto done = put_savings(inputs_, std::move(*savings)); !done) {
                return done.problem();
            }
        }
        return std::move(inputs_);
    }

  private:
    void name() {
        inputs_.year = request_.year;
        inputs_.name = request_.draft;
        const Month april = request_.year.first_month();
        inputs_.baseline_from = request_.baseline_from.value_or(april - 12);
        inputs_.baseline_to = request_.baseline_to.value_or(april - 1);
        inputs_.scheme_text = bytes_of_file(scheme_.file);
    }

    void put_costs(const BaselineCosts& baseline, std::vector<std::string>& notes) {
        const auto cost_of = [&](PracticeCode practice, BudgetLine line) {
            const auto found = baseline.costs.find({practice, line});
            return found == baseline.costs.end() ? BaselineCost{} : found->second;
        };
        for (const PracticeCode code : baseline.practices) {
            DerivationPractice practice;
            practice.practice = code;
            for (const BudgetLine line : lines_) {
                const BaselineCost cost = cost_of(code, line);
                practice.lines.push_back({line, cost.then, cost.now, {}, {}});
            }
            inputs_.practices.push_back(std::move(practice));
        }
        for (const BudgetLine line : lines_) {
            const BaselineCost cost = cost_of({}, line);
            inputs_.unattributed[line] = {cost.then, cost.now};
        }
        // What the scheme's scope leaves out of budgets is said, for it is left out of actuals too.
        std::map<BudgetLine, Pence> outside;
        for (const auto& [key, cost] : baseline.costs) {
            if (!std::ranges::binary_search(lines_, key.second)) outside[key.second] += cost.then;
        }
        for (const auto& [line, cost] : outside) {
            notes.push_back(fmt::format("{} of the baseline ({}) is {} and in no budget",
                                        in_pounds(cost), name_of(line).name,
                                        scheme_.scopes.at(line) == LineScope::in
                                            ? "without an allocation"
                                            : to_text(scheme_.scopes.at(line))));
        }
    }

    Outcome put_lists() {
        const Date then = request_.list_then.value_or(inputs_.baseline_from.first_day());
        const Date now = request_.list_now.value_or(request_.year.first_month().first_day());
        const auto affiliations = affiliations_of(site_);
        const KnownLists known = site_.decisions().lists();
        const Lists lists(known.sizes, known.weighted);
        // With the lists of practices that went into it since, as their care is its baseline.
        const Date first_day = request_.year.first_month().first_day();
        const auto whose_then = answered_lists(*affiliations, known.sizes, then, first_day);
        const auto whose_now = answered_lists(*affiliations, known.sizes, now, first_day);
        const auto total = [&](const auto& whose, PracticeCode practice, Date day) {
            const auto found = whose.find(practice);
            if (found == whose.end()) return Patients(0);
            return total_of_all(lists, found->second, day).value_or(Patients(0));
        };
        for (DerivationPractice& practice : inputs_.practices) {
            practice.name = affiliations->name_of(practice.practice);
            practice.list_then = total(whose_then, practice.practice, then);
            practice.list_now = total(whose_now, practice.practice, now);
        }
        inputs_.list_source =
            fmt::format("registered lists on {} and {}", to_text(then), to_text(now));
        return Nothing{};
    }

    Outcome put_remarks(const BaselineCosts& baseline, std::vector<std::string>& notes) {
        auto found = baseline_remarks(site_, baseline.activity, baseline.practices,
                                      inputs_.baseline_from, inputs_.baseline_to, request_.year);
        if (!found) return found.problem();
        notes.insert(notes.end(), found->notes.begin(), found->notes.end());
        for (BaselineRemark& remark : found->remarks) {
            if (!std::ranges::binary_search(lines_, remark.line)) continue;
            notes.push_back(fmt::format("{}: {}", remark.practice.text(), remark.says));
            inputs_.remarks.push_back(std::move(remark));
        }
        return Nothing{};
    }

    // Every weight that the file has, so that other schemes can be compared on the same draft.
    Outcome put_needs() {
        std::set<std::string> wanted;
        for (const SchemeBlock& block : scheme_.blocks) {
            const bool used = std::ranges::any_of(
                lines_, [&](BudgetLine line) { return scheme_.block_of(line) == &block; });
            if (used && block.method != BudgetMethod::historic) wanted.insert(block.need);
        }
        if (!request_.weights) {
            if (wanted.empty()) return Nothing{};
            return bad_input(
                fmt::format("the scheme {} shares by need: give --weights FILE with "
                            "the column '{}'",
                            scheme_.name, *wanted.begin()));
        }
        const auto weights = read_need_weights(*request_.weights);
        if (!weights) return weights.problem();
        inputs_.need_source = request_.weights->filename().string();
        if (!weights->source.empty()) inputs_.need_source += ": " + weights->source;
        for (DerivationPractice& practice : inputs_.practices) {
            for (const std::string& component : weights->components) {
                const auto need = weights->of(practice.practice, component);
                if (need) practice.needs[component] = *need;
            }
            for (const std::string& component : wanted) {
                const auto need = weights->of(practice.practice, component);
                if (!need) return need.problem();
            }
        }
        return Nothing{};
    }

    const Site& site_;
    const SetBudgetsRequest& request_;
    const Scheme& scheme_;
    DerivationInputs inputs_;
    std::vector<BudgetLine> lines_;  // in, and with an allocation
};

NewDraft draft_of(const SetBudgetsRequest& request, const Derivation& derivation) {
    NewDraft draft;
    draft.year = request.year;
    draft.name = request.draft;
    draft.scheme = derivation.scheme.name;
    draft.made_by = request.by;
    draft.note = request.note;
    for (const DerivedLine& line : derivation.lines) {
        draft.amounts.push_back(
            {line.practice, line.line, line.gross, line.risk_pool, line.management, line.net});
    }
    for (const DerivedTotal& total : derivation.totals) {
        draft.totals.push_back({total.line, total.allocation, total.risk_pool, total.management,
                                total.reserve(), total.blocked_back});
    }
    return draft;
}

// Under the digest of its bytes, so that the same derivation is the same file.
StoredFile store(const Site& site, FinancialYear year, const std::string& csv) {
    const std::string digest = digest_of(csv);
    const fs::path relative =
        fs::path("budgets") / as_folder(year) / (digest.substr(0, 16) + ".csv");
    fs::create_directories((site.folder() / relative).parent_path());
    const fs::path writing = (site.folder() / relative).string() + ".writing";
    std::ofstream out(writing, std::ios::binary | std::ios::trunc);
    out << csv;
    out.close();
    if (!out) throw std::runtime_error("cannot write " + writing.string());
    put_in_place(writing, site.folder() / relative);
    return {relative, digest};
}

struct NamedScheme {
    std::string name, title, text;
};

// A method's name stands for the draft's scheme with all blocks under that method.
Result<NamedScheme> named_scheme(const Site& site, const std::string& name,
                                 const std::string& drafts_scheme) {
    std::string code = name;
    std::ranges::replace(code, '-', '_');
    if (const auto method = parse_budget_method(code); method) {
        const auto scheme = read_scheme_text(drafts_scheme, "the draft's scheme");
        if (!scheme) return scheme.problem();
        auto text = with_method(drafts_scheme, *method);
        if (!text) {
            return bad_input(fmt::format("{} on the draft's scheme {}: {}", name, scheme->name,
                                         text.problem().says));
        }
        return NamedScheme{name, fmt::format("all lines by {}, else as {}", name, scheme->name),
                           std::move(*text)};
    }
    const auto scheme = find_scheme(site.rules_folder() / "schemes", name);
    if (!scheme) return scheme.problem();
    return NamedScheme{scheme->name, scheme->title, bytes_of_file(scheme->file)};
}

}  // namespace

Result<SetBudgetsReport> set_budgets(Site& site, const SetBudgetsRequest& request) {
    const auto scheme = find_scheme(site.rules_folder() / "schemes", request.scheme);
    if (!scheme) return scheme.problem();
    SetBudgetsReport report;
    auto inputs = DerivationInputsMaker(site, request, *scheme).make(report.notes);
    if (!inputs) return inputs.problem();
    auto derivation = derive(*inputs);
    if (!derivation) return derivation.problem();
    NewDraft draft = draft_of(request, *derivation);
    draft.made_at = site.now();
    draft.derivation = store(site, request.year, derivation_csv(*inputs, *derivation));
    auto recorded = site.decisions().record_draft(draft);
    if (!recorded) return recorded.problem();
    report.draft = std::move(*recorded);
    report.inputs = std::move(*inputs);
    report.derivation = std::move(*derivation);
    return report;
}

Result<DraftDerivation> derivation_of(const Site& site, FinancialYear year,
                                      const std::optional<std::string>& name) {
    const auto drafts = site.decisions().drafts(year);
    if (drafts.empty()) {
        return not_found(
            fmt::format("there is no draft of {} budgets: purse budget set", to_text(year)));
    }
    auto draft = name ? site.decisions().draft(year, *name) : Result<Draft>(drafts.back());
    if (!draft) return draft.problem();
    const fs::path path = site.folder() / draft->derivation.path;
    const auto digest = digest_of_file(path);
    if (!digest) return digest.problem();
    if (*digest != draft->derivation.checksum) {
        return conflict(
            fmt::format("{} is not the file that the draft '{}' was recorded with: "
                        "restore it from a backup",
                        path.string(), draft->name));
    }
    auto file = rederive(path);
    if (!file) return file.problem();
    if (!file->differences.empty()) {
        return conflict(fmt::format("the draft '{}' cannot be worked out again: {}", draft->name,
                                    file->differences.front()));
    }
    return DraftDerivation{std::move(*draft), std::move(*file)};
}

Result<SchemeComparison> compare_schemes(const Site& site, FinancialYear year,
                                         const std::optional<std::string>& draft,
                                         const std::vector<std::string>& names) {
    auto base = derivation_of(site, year, draft);
    if (!base) return base.problem();
    SchemeComparison comparison;
    comparison.draft = base->draft;
    for (const std::string& name : names) {
        auto compared = named_scheme(site, name, base->file.inputs.scheme_text);
        if (!compared) return compared.problem();
        DerivationInputs inputs = base->file.inputs;
        inputs.scheme_text = std::move(compared->text);
        auto derivation = derive(inputs);
        if (!derivation) {
            return bad_input(fmt::format("under {}: {}", name, derivation.problem().says));
        }
        comparison.schemes.push_back(
            {std::move(compared->name), std::move(compared->title), std::move(*derivation)});
    }
    comparison.inputs = std::move(base->file.inputs);
    return comparison;
}

}  // namespace purse
