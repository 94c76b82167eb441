#include "desk/need_setting.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "budget/deprivation_file.hpp"
#include "budget/own_need.hpp"
#include "budget/prescribing_units.hpp"
#include "budget/scheme.hpp"
#include "desk/baseline_records.hpp"
#include "desk/month_inputs.hpp"
#include "money/grouped.hpp"
#include "population/answered_lists.hpp"
#include "tables/delimited.hpp"
#include "warehouse/costs_by_age.hpp"

namespace purse {

namespace {

constexpr std::string_view prescribing_component = "prescribing";

// Millionths as a decimal of six places.
std::string decimal(std::int64_t millionths) { return to_text(Factor(millionths)); }

class NeedsWorking {
  public:
    NeedsWorking() {
        csv_ = csv_line({"step", "component", "practice", "sex", "ages", "patients", "pence",
                         "figure", "unit"});
    }
    void add(std::string step, std::string component, std::string practice, std::string sex,
             std::string ages, std::string patients, std::string pence, std::string figure,
             std::string unit) {
        csv_ += csv_line({std::move(step), std::move(component), std::move(practice),
                          std::move(sex), std::move(ages), std::move(patients), std::move(pence),
                          std::move(figure), std::move(unit)});
    }
    std::string take() { return std::move(csv_); }

  private:
    std::string csv_;
};

class NeedsMaker {
  public:
    NeedsMaker(const Site& site, const WeighNeedsRequest& request)
        : site_(site),
          request_(request),
          affiliations_(affiliations_of(site)),
          known_(site.decisions().lists()),
          lists_(known_.sizes, known_.weighted),
          first_day_(request.year.first_month().first_day()),
          from_(request.baseline_from.value_or(request.year.first_month() - 12)),
          to_(request.baseline_to.value_or(request.year.first_month() - 1)),
          list_then_(request.list_then.value_or(from_.first_day())),
          list_now_(request.list_now.value_or(first_day_)),
          practices_(affiliations_->ours_on(first_day_)) {}

    Result<WeighedNeeds> make() {
        if (practices_.empty()) {
            return not_found(
                fmt::format("no practice is the commissioner's on {}: import the "
                            "organisations (purse import organisations)",
                            to_text(first_day_)));
        }
        if (request_.method == NeedMethod::own) {
            if (auto done = add_own(); !done) return done.problem();
        }
        if (request_.method != NeedMethod::own || weighs_prescribing_) {
            if (auto done = add_units(); !done) return done.problem();
        }
        made_.weights.file = "own weights";
        made_.working = working_.take();
        return std::move(made_);
    }

  private:
    // The list of each practice, with those that went into it since, in these bands.
    Result<std::map<PracticeCode, ListByBand>> lists_in(const std::vector<AgeBand>& bands,
                                                        Date day) const {
        const auto whose = answered_lists(*affiliations_, known_.sizes, day, first_day_);
        std::map<PracticeCode, ListByBand> lists;
        for (const PracticeCode practice : practices_) {
            const auto all = whose.find(practice);
            if (all == whose.end()) {
                return bad_input(fmt::format(
                    "{} has no registered list on {} or before: import one by age and sex (purse "
                    "import lists)",
                    practice.text(), to_text(day)));
            }
            for (const PracticeCode one : all->second) {
                const auto list = in_bands(lists_.bands(one, day), bands);
                if (!list) {
                    return bad_input(
                        fmt::format("{} on {}: {}", one.text(), to_text(day), list.problem().says));
                }
                lists[practice] += *list;
            }
        }
        return lists;
    }

    Outcome add_own() {
        const auto rules = read_own_need_rules(site_.rules_folder() / "need" / "own.toml");
        if (!rules) return rules.problem();
        if (auto done = find_components(); !done) return done;
        std::vector<AgeBand> bands = rules->bands;
        auto then = lists_in(bands, list_then_);
        auto now = lists_in(bands, list_now_);
        if (!then || !now) {
            bands = rules->coarser_bands;
            then = lists_in(bands, list_then_);
            now = lists_in(bands, list_now_);
        }
        if (!then) return then.problem();
        if (!now) return now.problem();
        auto practices = with_scores(*then, *now);
        if (!practices) return practices.problem();
        const auto costs = gather_costs();
        if (!costs) return costs.problem();
        const auto need = own_need(bands, *practices, *costs, *rules);
        if (!need) return need.problem();
        note_left_out(*need);
        write_working(*need, *now);
        for (const std::string& component : need->components) {
            made_.weights.components.push_back(component);
        }
        for (const auto& [practice, weights] : need->weights) {
            auto& own = made_.weights.practices[practice];
            own.insert(own.end(), weights.begin(), weights.end());
        }
        for (const auto& [practice, list] : *now) made_.patients += list.all();
        made_.weights.source = fmt::format(
            "Purse's own weights: cost a head by age and sex, {}, records at freeze {} to {}, "
            "lists on "
            "{} and {}{}",
            price_source_, to_text(from_), to_text(to_), to_text(list_then_), to_text(list_now_),
            deprivation_source_);
        return Nothing{};
    }

    // Which weight each line's records are for.
    Outcome find_components() {
        if (!request_.scheme) {
            for (const BudgetLineName& line : budget_lines) {
                if (!is_tariff_line(line.line)) continue;
                component_of_[line.line] =
                    line.line == BudgetLine::maternity ? "maternity" : "general_and_acute";
            }
            weighs_prescribing_ = true;
            return Nothing{};
        }
        const auto scheme = find_scheme(site_.rules_folder() / "schemes", *request_.scheme);
        if (!scheme) return scheme.problem();
        for (const SchemeBlock& block : scheme->blocks) {
            if (block.need.empty()) continue;
            if (!is_need_component(block.need)) {
                return bad_input(
                    fmt::format("the scheme's need '{}' is no component of weights", block.need));
            }
            const bool has_records = std::ranges::any_of(block.lines, is_tariff_line);
            weighs_prescribing_ = weighs_prescribing_ || block.need == prescribing_component;
            for (const BudgetLine line : block.lines) {
                if (is_tariff_line(line)) component_of_[line] = block.need;
            }
            if (!has_records && block.need != prescribing_component) {
                made_.notes.push_back(
                    fmt::format("'{}' has no records to make weights of: add a column of your own",
                                block.need));
            }
        }
        if (component_of_.empty()) {
            return bad_input(
                fmt::format("the scheme {} shares no hospital line by need", scheme->name));
        }
        return Nothing{};
    }

    Result<std::vector<NeedPractice>> with_scores(const std::map<PracticeCode, ListByBand>& then,
                                                  const std::map<PracticeCode, ListByBand>& now) {
        std::vector<NeedPractice> practices;
        for (const auto& [practice, list] : now) {
            practices.push_back({practice, then.at(practice), list, std::nullopt});
        }
        if (!request_.deprivation) return practices;
        const auto scores = read_deprivation_scores(*request_.deprivation);
        if (!scores) return scores.problem();
        for (NeedPractice& practice : practices) {
            const auto score = scores->scores.find(practice.practice);
            if (score == scores->scores.end()) {
                return bad_input(fmt::format(
                    "{}: {} has no deprivation score; an average is never put in its place",
                    scores->file, practice.practice.text()));
            }
            practice.deprivation = score->second;
        }
        deprivation_source_ = fmt::format(", deprivation by fifths of {}{}{}",
                                          request_.deprivation->filename().string(),
                                          scores->of.empty() ? "" : " of ", scores->of);
        return practices;
    }

    Result<std::vector<AgedCost>> gather_costs() {
        const auto batches = frozen_batches(site_, from_, to_);
        if (!batches) return batches.problem();
        const auto books = books_of_their_years(site_, *batches);
        if (!books) return books.problem();
        for (const auto& [year, book] : *books) {
            price_source_ += (price_source_.empty() ? "" : ", ") + version_in_words(book);
        }
        std::vector<BatchToPrice> pricing;
        for (const CurrentBatch& batch : *batches)
            pricing.push_back(to_price(site_, batch, *books));
        const auto by_age = costs_by_age(pricing, *affiliations_, site_.database_limits());
        if (!by_age) return by_age.problem();
        const std::set<PracticeCode> ours(practices_.begin(), practices_.end());
        std::vector<AgedCost> costs;
        LeftOut nobodys;
        for (const CostByAge& one : *by_age) {
            const auto component = component_of_.find(one.line);
            if (component == component_of_.end()) continue;
            const PracticeCode practice = answering(*affiliations_, ours, one.account, first_day_);
            if (practice.empty()) {
                nobodys.records += one.records;
                nobodys.cost += one.cost;
                continue;
            }
            costs.push_back({practice, component->second, one.sex, one.age, one.records, one.cost});
        }
        if (nobodys.records > 0) {
            made_.notes.push_back(
                fmt::format("{} records ({}) are of no practice of the year: on nobody's list, and "
                            "in no rate",
                            grouped(nobodys.records), in_pounds(nobodys.cost)));
        }
        return costs;
    }

    void note_left_out(const OwnNeed& need) {
        const auto note = [&](const std::map<std::string, LeftOut>& left_out,
                              std::string_view why) {
            for (const auto& [component, out] : left_out) {
                made_.notes.push_back(
                    fmt::format("{}: {} records ({} of {}) {}: left out of the rates", component,
                                grouped(out.records), in_pounds(out.cost),
                                in_pounds(need.cost.at(component)), why));
            }
        };
        note(need.without_age_or_sex, "say no age or sex");
        note(need.without_patients, "are of an age and sex that no list has");
    }

    void write_working(const OwnNeed& need, const std::map<PracticeCode, ListByBand>& now) {
        for (const NeedRate& rate : need.rates) {
            working_.add("rate", rate.component, "", std::string(1, rate.sex), to_text(rate.ages),
                         to_text(rate.patients), std::to_string(rate.cost.count()),
                         decimal(rate.rate), "pence a patient");
        }
        for (const DeprivationRatio& ratio : need.ratios) {
            working_.add("deprivation", ratio.component, "", "",
                         fmt::format("fifth {} of 5", ratio.fifth), to_text(ratio.patients),
                         std::to_string(ratio.cost.count()), decimal(ratio.ratio),
                         "times what age and sex make one expect");
        }
        for (const auto& [practice, list] : now) {
            if (const auto fifth = need.fifths.find(practice); fifth != need.fifths.end()) {
                working_.add("fifth", "", practice.text(), "", "", to_text(list.all()), "",
                             std::to_string(fifth->second), "of 5, 1 the most deprived");
            }
            for (std::size_t i = 0; i < need.components.size(); ++i) {
                working_.add("expected", need.components[i], practice.text(), "", "",
                             to_text(list.all()), "", decimal(need.expected.at(practice)[i] * 1000),
                             "pence");
                working_.add("weight", need.components[i], practice.text(), "", "",
                             to_text(list.all()), "", decimal(need.weights.at(practice)[i]),
                             "weighted patients");
            }
        }
    }

    Outcome add_units() {
        const bool star = request_.method == NeedMethod::star_pu;
        const auto file =
            site_.rules_folder() / "prescribing_units" / (star ? "star-pu.toml" : "astro-pu.toml");
        const auto units = read_prescribing_units(file);
        if (!units) return units.problem();
        if (star && request_.group.empty()) {
            return bad_input(units->group("").problem().says + " (--group)");
        }
        const bool own = request_.method == NeedMethod::own;
        const std::string group_name =
            own || request_.group.empty() ? std::string("cost") : request_.group;
        const auto group = units->group(group_name);
        if (!group) return group.problem();
        const auto lists = lists_in(units->bands, list_now_);
        if (!lists) return lists.problem();
        std::map<PracticeCode, std::int64_t> expected;
        Patients patients;
        for (const auto& [practice, list] : *lists) {
            expected[practice] = static_cast<std::int64_t>(units_of(list, *group));
            patients += list.all();
        }
        const auto weights = normalised(expected, patients);
        if (!weights) return weights.problem();
        made_.patients = patients;
        made_.weights.components.emplace_back(prescribing_component);
        for (const auto& [practice, weight] : *weights) {
            made_.weights.practices[practice].push_back(weight);
        }
        write_units(*units, *group, group_name, expected, *weights, *lists);
        const std::string source = fmt::format("{}, {} ({}), lists on {}", units->title, group_name,
                                               units->source, to_text(list_now_));
        made_.weights.source += (own ? "; prescribing by " : "") + source;
        return Nothing{};
    }

    void write_units(const PrescribingUnits& units, const UnitWeights& group,
                     const std::string& name, const std::map<PracticeCode, std::int64_t>& expected,
                     const std::map<PracticeCode, std::int64_t>& weights,
                     const std::map<PracticeCode, ListByBand>& lists) {
        const std::string component(prescribing_component);
        for (std::size_t band = 0; band < units.bands.size(); ++band) {
            for (const auto& [sex, of_sex] :
                 {std::pair{"M", &group.men}, std::pair{"F", &group.women}}) {
                working_.add("unit", component, "", sex, to_text(units.bands[band]), "", "",
                             to_text((*of_sex)[band]), fmt::format("{}, {}", units.title, name));
            }
        }
        for (const auto& [practice, list] : lists) {
            working_.add("expected", component, practice.text(), "", "", to_text(list.all()), "",
                         decimal(expected.at(practice) / 1000), units.title);
            working_.add("weight", component, practice.text(), "", "", to_text(list.all()), "",
                         decimal(weights.at(practice)), "weighted patients");
        }
    }

    const Site& site_;
    const WeighNeedsRequest& request_;
    std::shared_ptr<const Affiliations> affiliations_;
    KnownLists known_;
    Lists lists_;
    Date first_day_;
    Month from_, to_;
    Date list_then_, list_now_;
    std::vector<PracticeCode> practices_;
    std::map<BudgetLine, std::string> component_of_;
    bool weighs_prescribing_ = false;
    std::string price_source_, deprivation_source_;
    NeedsWorking working_;
    WeighedNeeds made_;
};

}  // namespace

Result<NeedMethod> parse_need_method(std::string_view text) {
    if (text == "own") return NeedMethod::own;
    if (text == "astro-pu") return NeedMethod::astro_pu;
    if (text == "star-pu") return NeedMethod::star_pu;
    return bad_input(fmt::format("'{}' is no method: write own, astro-pu or star-pu", text));
}

Result<WeighedNeeds> weigh_needs(const Site& site, const WeighNeedsRequest& request) {
    if (request.deprivation && request.method != NeedMethod::own) {
        return bad_input(
            "prescribing units know no deprivation: leave it out, or use --method own");
    }
    return NeedsMaker(site, request).make();
}

}  // namespace purse
