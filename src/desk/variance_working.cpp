#include <fmt/format.h>

#include <array>
#include <cmath>

#include "desk/variance.hpp"
#include "money/grouped.hpp"

namespace purse {

namespace {

std::string whole(std::int64_t thousandths) {
    return grouped((thousandths + a_thousand / 2) / a_thousand);
}

// "+1.25%", from two whole numbers.
std::string change_of(std::int64_t now, std::int64_t before) {
    const std::int64_t hundredths = divided(wide{now - before} * 10'000, before, Rounding::half_up);
    const std::int64_t size = hundredths < 0 ? -hundredths : hundredths;
    return fmt::format("{}{}.{:02}%", hundredths < 0 ? "−" : "+", size / 100, size % 100);
}

// What the figures of a working are of: a line, or all of a practice.
class Told {
  public:
    Told(const PracticeVariance& practice, const LineVariance* line)
        : practice_(practice), line_(line), sum_(line == nullptr ? practice.total : line->sum) {}

    [[nodiscard]] std::string what() const {
        return line_ == nullptr ? "all lines" : std::string(name_of(line_->line).name);
    }
    [[nodiscard]] std::string title(std::string_view of) const {
        return fmt::format("{} ({}), {}, to {}: {}", practice_.name, practice_.code, what(),
                           in_words(practice_.month), of);
    }
    [[nodiscard]] const Variance& sum() const { return sum_; }
    [[nodiscard]] Pence level(std::size_t at) const { return sum_.levels.at(at); }

    // The level's step, X0 to X12.
    [[nodiscard]] Step step(std::size_t at) const {
        Step step;
        step.says = says(at);
        step.arithmetic = arithmetic(at);
        step.amount = level(at);
        step.source = {source(at), ""};
        return step;
    }

    [[nodiscard]] Step chance() const {
        Step step;
        const auto& [chance, usual] = line_->range;
        const std::string_view standing = standing_of(line_->sum.count, line_->range);
        step.says = fmt::format(
            "By chance alone there would be {:.0f} to {:.0f} in 19 years of 20, as "
            "practices differ {:.0f} to {:.0f}; {} were recorded: {}",
            chance.lower, chance.upper, usual.lower, usual.upper, grouped(line_->sum.count),
            standing.empty() ? "more of a difference than chance or practices' ways give"
                             : standing);
        step.arithmetic = fmt::format(
            "Byar's limits of {}; {:.2f} times as wide, as practices differ by more than chance "
            "(square root of the overdispersion {:.2f})",
            whole(line_->sum.expected_count), std::sqrt(line_->overdispersion),
            line_->overdispersion);
        return step;
    }

  private:
    [[nodiscard]] std::string says(std::size_t at) const {
        constexpr std::array<std::string_view, Variance::level_count> levels = {
            "The budget to date",
            "What the planned activity costs at plan prices",
            "The same on the list of the period",
            "The same for the ages and sexes of that list",
            "As many records as there were, at the plan's average price of their specialties",
            "As many of each condition (HRG root) as there were, at the condition's average plan "
            "price",
            "Every code as it was recorded, at the plan's price of the code",
            "The same at the prices paid: what was recorded by each month's close",
            "With records that came after their month's close",
            "With records changed or taken away since",
            "With adjustments, and odd pence of rounding: what the statement has as reported",
            "With what is not yet reported: what the statement expects when complete",
            "The same, with what is under open challenge held out"};
        return std::string(levels.at(at));
    }

    [[nodiscard]] std::string arithmetic(std::size_t at) const {
        const PracticeLists& lists = practice_.lists;
        switch (at) {
            case 1:
                return line_ == nullptr ? "" : fmt::format("{} planned", whole(sum_.planned));
            case 2:
                if (!lists.known) return "the list is taken to be the same";
                return fmt::format("{} patients against {} ({})", whole(lists.now / lists.months),
                                   whole(lists.before / lists.months),
                                   change_of(lists.now, lists.before));
            case 3:
                return need_in_words();
            case 4:
                return line_ == nullptr
                           ? ""
                           : fmt::format("{} recorded, {} in the plan for such a list",
                                         grouped(sum_.count), whole(sum_.expected_count));
            case 8:
                return line_ == nullptr ? "" : records(line_->late_records);
            case 9:
                return line_ == nullptr ? "" : records(line_->corrected_records);
            default:
                return "";
        }
    }

    static std::string records(std::int64_t count) {
        return count == 0 ? "none" : grouped(count) + " records";
    }

    // The list's and the ages' change together, less the list's own.
    [[nodiscard]] std::string need_in_words() const {
        if (line_ == nullptr) return "";
        const PracticeLists& lists = practice_.lists;
        if (!lists.expected.contains(line_->line)) {
            return "ages and sexes are not known, or nothing is known of what they cost: none";
        }
        return fmt::format("expected cost of the lists {}, of which their size {}",
                           change_of(line_->expected.now, line_->expected.before),
                           change_of(lists.now, lists.before));
    }

    [[nodiscard]] std::string source(std::size_t at) const {
        switch (at) {
            case 0:
                return fmt::format(
                    "closing {} of {}; shared among specialties as the planned "
                    "activity's cost is",
                    practice_.closing, to_text(practice_.month));
            case 1:
                return practice_.plan.says;
            case 2:
                return practice_.lists.says;
            case 3:
                return line_ != nullptr && line_->line == BudgetLine::prescribing
                           ? "ASTRO-PU cost weights (rules/prescribing_units/astro-pu.toml)"
                           : "the commissioner's own cost a head by age and sex, of the plan's "
                             "records";
            case 11:
                return fmt::format(
                    "the completion of closing {} of {}: as much as earlier "
                    "months still came to after the same extract",
                    practice_.closing, to_text(practice_.month));
            case 12:
                return practice_.challenges_as_at
                           ? fmt::format("open challenges as at {}",
                                         in_words(*practice_.challenges_as_at))
                           : "challenges were not asked for";
            default:
                return fmt::format("closing {} of {}", practice_.closing, to_text(practice_.month));
        }
    }

    const PracticeVariance& practice_;
    const LineVariance* line_;
    const Variance& sum_;
};

Result<const LineVariance*> line_asked(const PracticeVariance& variance,
                                       std::optional<BudgetLine> line) {
    if (!line) return static_cast<const LineVariance*>(nullptr);
    const LineVariance* found = variance.line(*line);
    if (found == nullptr) {
        return not_found(fmt::format("{} has neither a budget nor records of {} in {}",
                                     variance.code, name_of(*line).name, in_words(variance.month)));
    }
    return found;
}

}  // namespace

Result<Working> variance_working(const PracticeVariance& variance, VariancePart part,
                                 std::optional<BudgetLine> line) {
    const auto asked = line_asked(variance, line);
    if (!asked) return asked.problem();
    const Told told(variance, *asked);
    const auto before = static_cast<std::size_t>(part);
    Working working;
    working.title = told.title(in_words(part));
    working.steps.push_back(told.step(before));
    working.steps.push_back(told.step(before + 1));
    if (part == VariancePart::volume && *asked != nullptr) working.steps.push_back(told.chance());
    if (part == VariancePart::price) {
        for (const PricePart price : all_price_parts) {
            Step step;
            step.says = "of it " + std::string(in_words(price));
            step.amount = told.sum().price[static_cast<std::size_t>(price)];
            working.steps.push_back(std::move(step));
        }
    }
    working.result = told.sum().part(part);
    return working;
}

Result<Working> variance_working(const PracticeVariance& variance, std::optional<BudgetLine> line) {
    const auto asked = line_asked(variance, line);
    if (!asked) return asked.problem();
    const Told told(variance, *asked);
    Working working;
    working.title = told.title("from the budget to what is expected when complete");
    working.steps.push_back(told.step(0));
    for (const VariancePart part : all_variance_parts) {
        Step step;
        step.says = in_words(part);
        if (part == VariancePart::other) {
            step.says += fmt::format(" (reported, as the statement has it: {})",
                                     in_pounds(told.sum().reported()));
        }
        if (part == VariancePart::expected) {
            step.says += fmt::format(" (expected when complete, as the statement has it: {})",
                                     in_pounds(told.sum().complete()));
        }
        step.arithmetic =
            fmt::format("{} − {}", in_pounds(told.level(static_cast<std::size_t>(part) + 1)),
                        in_pounds(told.level(static_cast<std::size_t>(part))));
        step.amount = told.sum().part(part);
        step.source = told.step(static_cast<std::size_t>(part) + 1).source;
        working.steps.push_back(std::move(step));
    }
    working.result = told.sum().undisputed();
    return working;
}

}  // namespace purse
