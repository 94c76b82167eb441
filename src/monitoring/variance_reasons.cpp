#include "monitoring/variance_reasons.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <tuple>

#include "activity/contract_line.hpp"
#include "money/grouped.hpp"
#include "statistics/funnel.hpp"
#include "statistics/rate.hpp"

namespace purse {

namespace {

Pence size_of(Pence amount) { return amount < Pence(0) ? -amount : amount; }

std::string against(const VarianceReason& reason) {
    return fmt::format("({} against {})", grouped(reason.count), grouped(reason.expected));
}

bool lies_in(const Interval& range, std::int64_t count) {
    const auto number = static_cast<double>(count);
    return number >= range.lower && number <= range.upper;
}

std::string more_or_fewer(std::int64_t more, BudgetLine line) {
    return fmt::format("{} {} {}", grouped(more > 0 ? more : -more), more > 0 ? "more" : "fewer",
                       records_in_words(line));
}

std::string volume_sentence(const VarianceReason& reason) {
    if (reason.day_cases) {
        return fmt::format(
            "{} and {} than the plan has for such a list: perhaps recorded as the one and no "
            "longer "
            "as the other",
            more_or_fewer(reason.count - reason.expected, reason.line),
            more_or_fewer(reason.day_cases->more(), BudgetLine::day_case));
    }
    const std::int64_t more = reason.count - reason.expected;
    const bool dearer = reason.amount > Pence(0);
    const std::string_view specialties = dearer ? "dearer" : "cheaper";
    if (more == 0) {
        return fmt::format("as many {} as the plan has for such a list, in {} specialties {}",
                           records_in_words(reason.line), specialties, against(reason));
    }
    const std::string says = fmt::format("{} than the plan has for such a list {}",
                                         more_or_fewer(more, reason.line), against(reason));
    // A reader would not expect more records to cost less: what they cost is for their kinds.
    if (dearer != (more > 0)) return fmt::format("{}, in {} specialties", says, specialties);
    const std::string_view standing =
        reason.range ? standing_of(reason.count, *reason.range) : std::string_view();
    return standing.empty() ? says : fmt::format("{}: {}", says, standing);
}

std::string list_sentence(const VarianceReason& reason) {
    const std::int64_t more = reason.list_now - reason.list_before;
    return fmt::format("{} {} patients than the plan stands on ({} against {}): {}",
                       grouped(more > 0 ? more : -more), more < 0 ? "fewer" : "more",
                       grouped(reason.list_now), grouped(reason.list_before),
                       name_of(reason.line).name);
}

std::string_view more_or_less(const VarianceReason& reason, std::string_view more,
                              std::string_view less) {
    return reason.amount > Pence(0) ? more : less;
}

}  // namespace

bool VarianceReason::within_chance() const {
    return part == VariancePart::volume && range && lies_in(range->chance, count);
}

Pence LargestReasons::total() const {
    Pence sum = everything_else;
    for (const VarianceReason& reason : reasons) sum += reason.amount;
    return sum;
}

std::vector<VarianceReason> with_recorded_otherwise(std::vector<VarianceReason> all) {
    const auto volume_of = [&](BudgetLine line) {
        return std::ranges::find_if(all, [&](const VarianceReason& reason) {
            return reason.line == line && reason.part == VariancePart::volume;
        });
    };
    const auto inpatients = volume_of(BudgetLine::elective);
    const auto day_cases = volume_of(BudgetLine::day_case);
    if (inpatients == all.end() || day_cases == all.end()) return all;
    if (inpatients->within_chance() || day_cases->within_chance()) return all;
    const std::int64_t more = inpatients->count - inpatients->expected;
    const std::int64_t other_way = day_cases->expected - day_cases->count;
    const bool opposite = (more > 0 && other_way > 0) || (more < 0 && other_way < 0);
    if (!opposite || std::abs(more) > 2 * std::abs(other_way) ||
        std::abs(other_way) > 2 * std::abs(more)) {
        return all;
    }
    VarianceReason joined = *inpatients;
    joined.day_cases = RecordsBesidePlan{day_cases->count, day_cases->expected};
    joined.amount = Pence(0);
    std::erase_if(all, [&](const VarianceReason& reason) {
        const bool planned =
            reason.line == BudgetLine::elective || reason.line == BudgetLine::day_case;
        const bool of_it = planned && (reason.part == VariancePart::volume ||
                                       reason.part == VariancePart::case_mix);
        if (of_it) joined.amount += reason.amount;
        return of_it;
    });
    all.push_back(std::move(joined));
    return all;
}

LargestReasons largest_reasons(std::vector<VarianceReason> all, std::size_t most) {
    LargestReasons largest;
    std::ranges::sort(all, [](const VarianceReason& a, const VarianceReason& b) {
        return std::tuple(-size_of(a.amount), a.line, a.part) <
               std::tuple(-size_of(b.amount), b.line, b.part);
    });
    for (VarianceReason& reason : all) {
        if (largest.reasons.size() < most && reason.amount != Pence(0)) {
            largest.reasons.push_back(std::move(reason));
        } else {
            largest.everything_else += reason.amount;
        }
    }
    return largest;
}

std::string_view records_in_words(BudgetLine line) {
    switch (line) {
        case BudgetLine::day_case:
            return "day cases";
        case BudgetLine::elective:
            return "planned inpatient admissions";
        case BudgetLine::non_elective:
            return "emergency and other unplanned admissions";
        case BudgetLine::maternity:
            return "maternity admissions";
        case BudgetLine::outpatient_first:
            return "first outpatient attendances";
        case BudgetLine::outpatient_follow_up:
            return "outpatient follow-ups";
        case BudgetLine::outpatient_procedure:
            return "outpatient procedures";
        case BudgetLine::diagnostics:
            return "diagnostic tests";
        case BudgetLine::emergency_department:
            return "A&E attendances";
        case BudgetLine::prescribing:
            return "prescribed items";
        case BudgetLine::community:
        case BudgetLine::mental_health:
        case BudgetLine::primary_care:
            break;
    }
    return "contacts";
}

std::string sentence_of(const VarianceReason& reason) {
    const std::string_view records = records_in_words(reason.line);
    const std::string_view line = name_of(reason.line).name;
    switch (reason.part) {
        case VariancePart::plan_gap:
            if (reason.nothing_recorded) {
                return fmt::format("a budget without any records to set against it: {}", line);
            }
            return fmt::format("the budget is {} than the planned activity costs: {}",
                               more_or_less(reason, "less", "more"), line);
        case VariancePart::list:
            return list_sentence(reason);
        case VariancePart::need:
            return fmt::format("patients of ages that need {} care than before: {}",
                               more_or_less(reason, "more", "less"), line);
        case VariancePart::volume:
            return volume_sentence(reason);
        case VariancePart::case_mix:
            return fmt::format("{} for conditions that cost {} than those planned", records,
                               more_or_less(reason, "more", "less"));
        case VariancePart::severity:
            return fmt::format("the same conditions, at {} codes: {}",
                               more_or_less(reason, "dearer", "cheaper"), records);
        case VariancePart::price:
            if (is_paid_by_contract(reason.line)) {
                return fmt::format("block contracts cost {} than budgeted: {}",
                                   more_or_less(reason, "more", "less"), line);
            }
            return fmt::format(
                "the same codes, {} each{}: {}", more_or_less(reason, "dearer", "cheaper"),
                reason.mostly.empty() ? "" : " (mostly " + reason.mostly + ")", records);
        case VariancePart::late:
            return fmt::format("{} that came after their month's close", records);
        case VariancePart::corrected:
            return fmt::format("{} that were corrected since their month's close", records);
        case VariancePart::disputed:
            return fmt::format("{} under challenge, held out until answered", records);
        case VariancePart::expected:
            return fmt::format("{} not yet reported, by estimate", records);
        case VariancePart::other:
            break;
    }
    return fmt::format("adjustments: {}", line);
}

std::string beyond_statement(const Variance& variance) {
    const auto over_or_under = [&](Pence at) {
        const Pence by = at - variance.budget();
        if (by == Pence(0)) return std::string("on budget");
        return fmt::format("{} {} budget", in_pounds(size_of(by)),
                           by > Pence(0) ? "over" : "under");
    };
    const auto with_sign = [](Pence amount) {
        return fmt::format("{}{}", amount < Pence(0) ? "−" : "+", in_pounds(size_of(amount)));
    };
    const Pence expected = variance.part(VariancePart::expected);
    const Pence disputed = variance.part(VariancePart::disputed);
    std::string says;
    if (expected != Pence(0)) {
        says = fmt::format("{} not yet reported, by estimate: {} when complete.",
                           with_sign(expected), over_or_under(variance.complete()));
    }
    if (disputed != Pence(0)) {
        says += fmt::format("{}{} under open challenge, held out: {} without it.",
                            says.empty() ? "" : " ", with_sign(disputed),
                            over_or_under(variance.undisputed()));
    }
    return says;
}

double overdispersion_of(std::span<const CountBesideExpected> practices) {
    double count = 0, expected = 0;
    std::vector<FunnelGroup> groups;
    for (const CountBesideExpected& one : practices) {
        if (one.expected <= 0) continue;
        count += one.count;
        expected += one.expected;
        groups.push_back({std::to_string(groups.size()), one.count, one.expected});
    }
    constexpr std::size_t fewest = 3;
    if (groups.size() < fewest || count <= 0) return 1;
    for (FunnelGroup& group : groups) group.denominator *= count / expected;
    const auto measured = funnel(groups, {.kind = FunnelKind::ratio_cqc});
    return measured ? std::max(1.0, measured->phi) : 1;
}

VolumeRange volume_range(double expected, double overdispersion) {
    if (expected <= 0) return {};
    const Interval chance = count_interval(expected, Confidence::of_95()).interval;
    const double wider = std::sqrt(std::max(1.0, overdispersion));
    return {.chance = chance,
            .usual = {std::max(0.0, expected - wider * (expected - chance.lower)),
                      expected + wider * (chance.upper - expected)}};
}

std::string_view standing_of(std::int64_t count, const VolumeRange& range) {
    if (lies_in(range.chance, count)) return "no more than chance would give";
    if (lies_in(range.usual, count))
        return "more than chance gives, no more than practices differ by";
    return "";
}

}  // namespace purse
