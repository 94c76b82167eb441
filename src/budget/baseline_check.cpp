#include "budget/baseline_check.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>

#include "money/grouped.hpp"

namespace purse {

namespace {

using OfLine = std::vector<const PracticeActivity*>;

double patients(const ActivityOfYear& year) { return static_cast<double>(year.list.thousandths()); }

bool counts(const PracticeActivity& practice, std::size_t year) {
    return patients(practice.baseline) > 0 && patients(practice.earlier[year]) > 0;
}

// What a line's practices had in the baseline and in an earlier year, of those with lists in both.
struct BothYears {
    double now = 0, now_list = 0, then = 0, then_list = 0;

    void add(const PracticeActivity& practice, std::size_t year, double times) {
        now += times * static_cast<double>(practice.baseline.count);
        now_list += times * patients(practice.baseline);
        then += times * static_cast<double>(practice.earlier[year].count);
        then_list += times * patients(practice.earlier[year]);
    }
};

class Others {
  public:
    explicit Others(const OfLine& all) {
        for (const PracticeActivity* practice : all) {
            all_.resize(std::max(all_.size(), practice->earlier.size()));
            for (std::size_t year = 0; year < practice->earlier.size(); ++year) {
                if (counts(*practice, year)) all_[year].add(*practice, year, 1);
            }
        }
    }

    // The rate of the baseline over the rate of an earlier year, without the practice's own part.
    [[nodiscard]] std::optional<double> change(const PracticeActivity& without,
                                               std::size_t year) const {
        BothYears others = all_[year];
        others.add(without, year, -1);
        if (others.now <= 0 || others.then <= 0) return std::nullopt;
        return (others.now / others.now_list) / (others.then / others.then_list);
    }

  private:
    std::vector<BothYears> all_;
};

struct Expected {
    const PracticeActivity* practice = nullptr;
    double count = 0;
    double variance = 0;  // of observed less expected, were the counts Poisson
    [[nodiscard]] double deviations() const {
        return (static_cast<double>(practice->baseline.count) - count) / std::sqrt(variance);
    }
};

// From the practice's earlier years, each raised by the others' change. The earlier counts are
// subject to chance as well: E has the relative variance of their sum.
std::optional<Expected> expected_of(const PracticeActivity& practice, const Others& others) {
    double earlier = 0, raised = 0, list = 0;
    for (std::size_t year = 0; year < practice.earlier.size(); ++year) {
        if (!counts(practice, year)) continue;
        const auto change = others.change(practice, year);
        if (!change) continue;
        const auto count = static_cast<double>(practice.earlier[year].count);
        earlier += count;
        raised += count * *change;
        list += patients(practice.earlier[year]);
    }
    if (earlier <= 0) return std::nullopt;
    Expected expected;
    expected.practice = &practice;
    expected.count = raised / list * patients(practice.baseline);
    expected.variance = expected.count + expected.count * expected.count / earlier;
    return expected;
}

// Variance over the Poisson variance, from the middle of the practices' deviations, which no
// outlier moves: half of a normal distribution lies within 0.6745 standard deviations.
double overdispersion(const std::vector<Expected>& all, const BaselineCheckRules& rules) {
    std::vector<double> sizes;
    for (const Expected& expected : all) sizes.push_back(std::abs(expected.deviations()));
    const auto middle = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2);
    std::ranges::nth_element(sizes, middle);
    const double spread = *middle / 0.6745;
    return std::max(rules.least_overdispersion, spread * spread);
}

void check_line(const OfLine& all, const BaselineCheckRules& rules, std::vector<OutOfLine>& found) {
    const Others others(all);
    std::vector<Expected> expected;
    for (const PracticeActivity* practice : all) {
        if (const auto one = expected_of(*practice, others)) expected.push_back(*one);
    }
    if (expected.empty()) return;
    const double dispersion = overdispersion(expected, rules);
    for (const Expected& one : expected) {
        const double most = one.count + rules.limit * std::sqrt(dispersion * one.variance);
        const auto count = static_cast<double>(one.practice->baseline.count);
        const double above = count / one.count - 1;
        if (count <= most || above < rules.least_change || one.count < rules.fewest_expected) {
            continue;
        }
        found.push_back({one.practice->practice, one.practice->line, one.practice->baseline.count,
                         std::llround(one.count), static_cast<std::int64_t>(std::ceil(most)),
                         static_cast<int>(std::lround(above * 100))});
    }
}

class RulesReader {
  public:
    RulesReader(const toml::table& file, std::string name) : file_(file), name_(std::move(name)) {}

    Result<BaselineCheckRules> read() {
        BaselineCheckRules rules;
        double years = 0;
        for (const auto& [key, out, least, most] :
             {std::tuple{"earlier_years", &years, 1.0, 10.0},
              std::tuple{"limit", &rules.limit, 1.0, 10.0},
              std::tuple{"least_overdispersion", &rules.least_overdispersion, 1.0, 100.0},
              std::tuple{"least_change", &rules.least_change, 0.0, 10.0},
              std::tuple{"fewest_expected", &rules.fewest_expected, 1.0, 10'000.0}}) {
            const toml::table* entry = file_[key].as_table();
            const auto text =
                entry != nullptr ? (*entry)["value"].value<std::string>() : std::nullopt;
            const auto source =
                entry != nullptr ? (*entry)["source"].value<std::string>() : std::nullopt;
            const auto value = text ? parse_factor(*text) : Result<Factor>(bad_input(""));
            if (!value || !source || source->empty()) {
                return bad_input(fmt::format(
                    "{}: '{}' must be {{ value = \"...\", source = \"...\" }}", name_, key));
            }
            *out = static_cast<double>(value->millionths()) / Factor::one;
            if (*out < least || *out > most) {
                return bad_input(
                    fmt::format("{}: '{}' must be from {} to {}", name_, key, least, most));
            }
        }
        rules.earlier_years = static_cast<int>(years);
        return rules;
    }

  private:
    const toml::table& file_;
    std::string name_;
};

}  // namespace

Result<BaselineCheckRules> read_baseline_check_rules(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    if (!in || !(text << in.rdbuf())) {
        return not_found(fmt::format("{} cannot be read: it says when a baseline is out of line",
                                     file.string()));
    }
    try {
        const toml::table table = toml::parse(text.str(), file.string());
        return RulesReader(table, file.string()).read();
    } catch (const toml::parse_error& error) {
        return bad_input(fmt::format("{} line {}: {}", file.string(), error.source().begin.line,
                                     error.description()));
    }
}

std::vector<OutOfLine> out_of_line(const std::vector<PracticeActivity>& activity,
                                   const BaselineCheckRules& rules) {
    std::map<BudgetLine, OfLine> lines;
    for (const PracticeActivity& practice : activity) lines[practice.line].push_back(&practice);
    std::vector<OutOfLine> found;
    for (auto& [line, all] : lines) {
        std::ranges::sort(all, {}, &PracticeActivity::practice);
        check_line(all, rules, found);
    }
    std::ranges::sort(found, {},
                      [](const OutOfLine& one) { return std::pair(one.practice, one.line); });
    return found;
}

std::string in_words(const OutOfLine& found, const std::string& baseline,
                     const std::string& earlier) {
    return fmt::format(
        "{}: {} in the baseline {}, where its own {} and the other practices' change lead one to "
        "expect {}: {}% more, and beyond what chance gives ({}). There may be a good reason; look "
        "before the baseline is settled.",
        name_of(found.line).name, grouped(found.count), baseline, earlier, grouped(found.expected),
        found.percent_above, grouped(found.limit));
}

}  // namespace purse
