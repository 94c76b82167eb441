#include "budget/own_need.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "money/factor.hpp"
#include "money/shares.hpp"

namespace purse {

namespace {

constexpr std::array<char, 2> sexes = {'M', 'F'};

// The first ten practices and how many more.
std::string listed(const std::vector<PracticeCode>& practices) {
    std::string text;
    for (std::size_t i = 0; i < practices.size() && i < 10; ++i) {
        text += (i == 0 ? "" : ", ") + practices[i].text();
    }
    if (practices.size() > 10) text += fmt::format(" and {} more", practices.size() - 10);
    return text;
}

const std::vector<Patients>& of_sex(const ListByBand& list, char sex) {
    return sex == 'M' ? list.men : list.women;
}

class OwnNeedMaker {
  public:
    OwnNeedMaker(const std::vector<AgeBand>& bands, std::vector<NeedPractice> practices,
                 const std::vector<AgedCost>& costs, const OwnNeedRules& rules)
        : bands_(bands), practices_(std::move(practices)), costs_(costs), rules_(rules) {
        std::ranges::sort(practices_, {}, &NeedPractice::practice);
    }

    Result<OwnNeed> make() {
        if (auto fine = check_practices(); !fine) return fine.problem();
        for (const AgedCost& cost : costs_) need_.cost[cost.component] += cost.cost;
        for (const auto& [component, cost] : need_.cost) {
            if (cost <= Pence(0)) {
                return bad_input(fmt::format(
                    "the records of '{}' cost nothing: no weight can be made of them", component));
            }
            need_.components.push_back(component);
        }
        for (const std::string& component : need_.components) {
            if (auto done = add(component); !done) return done.problem();
        }
        return std::move(need_);
    }

  private:
    Outcome check_practices() {
        std::vector<PracticeCode> empty, without_score;
        for (const NeedPractice& practice : practices_) {
            if (practice.now.all() <= Patients(0)) empty.push_back(practice.practice);
            if (!practice.deprivation) without_score.push_back(practice.practice);
        }
        if (practices_.empty()) return bad_input("there is no practice to make weights for");
        if (!empty.empty()) {
            return bad_input(listed(empty) + ": no registered patients by age and sex");
        }
        if (without_score.size() == practices_.size()) return Nothing{};
        if (!without_score.empty()) {
            return bad_input(listed(without_score) +
                             ": no deprivation score; an average is never put in its place");
        }
        need_.fifths = deprivation_fifths(practices_);
        std::array<int, 5> in_fifth{};
        for (const auto& [practice, fifth] : need_.fifths) {
            ++in_fifth[static_cast<std::size_t>(fifth - 1)];
        }
        for (std::size_t fifth = 0; fifth < in_fifth.size(); ++fifth) {
            if (in_fifth[fifth] >= rules_.fewest_practices_in_a_fifth) continue;
            return bad_input(
                fmt::format("fifth {} of deprivation has {} practice{}, and at least {} are asked "
                            "for: its cost "
                            "would be their own history. Leave deprivation out",
                            fifth + 1, in_fifth[fifth], in_fifth[fifth] == 1 ? "" : "s",
                            rules_.fewest_practices_in_a_fifth));
        }
        return Nothing{};
    }

    Outcome add(const std::string& component) {
        using BySexAndBand = std::map<std::pair<char, std::size_t>, Pence>;
        BySexAndBand spent;
        for (const AgedCost& cost : costs_) {
            if (cost.component != component) continue;
            if (!cost.age || (cost.sex != 'M' && cost.sex != 'F')) {
                leave_out(need_.without_age_or_sex[component], cost);
            } else {
                spent[{cost.sex, band_of(*cost.age, bands_)}] += cost.cost;
            }
        }
        std::map<std::pair<char, std::size_t>, std::int64_t> rates;
        for (const char sex : sexes) {
            for (std::size_t band = 0; band < bands_.size(); ++band) {
                NeedRate rate{component, sex, bands_[band], {}, spent[{sex, band}], 0};
                for (const NeedPractice& practice : practices_) {
                    rate.patients += of_sex(practice.then, sex)[band];
                }
                if (rate.patients > Patients(0)) {
                    rate.rate = divided(wide{rate.cost.count()} * Factor::one * 1000,
                                        rate.patients.thousandths(), Rounding::half_up);
                } else if (rate.cost != Pence(0)) {
                    note_without_patients(component, rate);
                }
                rates[{sex, band}] = rate.rate;
                need_.rates.push_back(std::move(rate));
            }
        }
        return weigh(component, rates);
    }

    static void leave_out(LeftOut& out, const AgedCost& cost) {
        out.records += cost.records;
        out.cost += cost.cost;
    }

    void note_without_patients(const std::string& component, const NeedRate& rate) {
        for (const AgedCost& cost : costs_) {
            if (cost.component == component && cost.sex == rate.sex && cost.age &&
                rate.ages.from <= *cost.age && *cost.age <= rate.ages.to) {
                leave_out(need_.without_patients[component], cost);
            }
        }
    }

    using Rates = std::map<std::pair<char, std::size_t>, std::int64_t>;

    // Σ rate × list, in millionths of a penny.
    [[nodiscard]] wide expected_of(const ListByBand& list, const Rates& rates) const {
        wide sum = 0;
        for (const char sex : sexes) {
            for (std::size_t band = 0; band < bands_.size(); ++band) {
                sum += wide{rates.at({sex, band})} * of_sex(list, sex)[band].thousandths();
            }
        }
        return sum / 1000;
    }

    // By fifth, what was spent over what its patients' age and sex make one expect.
    std::array<std::int64_t, 5> ratios_of(const std::string& component, const Rates& rates) {
        std::array<std::int64_t, 5> ratios{};
        if (need_.fifths.empty()) return ratios;
        for (int fifth = 1; fifth <= 5; ++fifth) {
            DeprivationRatio ratio;
            ratio.component = component;
            ratio.fifth = fifth;
            wide expected = 0;
            for (const NeedPractice& practice : practices_) {
                if (need_.fifths.at(practice.practice) != fifth) continue;
                ++ratio.practices;
                ratio.patients += practice.now.all();
                expected += expected_of(practice.then, rates);
            }
            for (const AgedCost& cost : costs_) {
                const bool counts = cost.component == component && cost.age &&
                                    (cost.sex == 'M' || cost.sex == 'F') &&
                                    need_.fifths.contains(cost.practice) &&
                                    need_.fifths.at(cost.practice) == fifth;
                if (counts) ratio.cost += cost.cost;
            }
            ratio.expected = static_cast<std::int64_t>(expected);
            if (expected > 0) {
                ratio.ratio = divided(wide{ratio.cost.count()} * Factor::one * Factor::one,
                                      expected, Rounding::half_up);
            }
            ratios[static_cast<std::size_t>(fifth - 1)] = ratio.ratio;
            need_.ratios.push_back(std::move(ratio));
        }
        return ratios;
    }

    Outcome weigh(const std::string& component, const Rates& rates) {
        const auto ratios = ratios_of(component, rates);
        std::map<PracticeCode, std::int64_t> expected;
        Patients patients;
        for (const NeedPractice& practice : practices_) {
            wide own = expected_of(practice.now, rates);
            if (!need_.fifths.empty()) {
                const auto fifth = static_cast<std::size_t>(need_.fifths.at(practice.practice) - 1);
                own = own * ratios[fifth] / Factor::one;
            }
            expected[practice.practice] = divided(own, 1000, Rounding::half_up);
            need_.expected[practice.practice].push_back(expected[practice.practice]);
            patients += practice.now.all();
        }
        const auto weights = normalised(expected, patients);
        if (!weights) return bad_input(component + ": " + weights.problem().says);
        for (const auto& [practice, weight] : *weights) need_.weights[practice].push_back(weight);
        return Nothing{};
    }

    const std::vector<AgeBand>& bands_;
    std::vector<NeedPractice> practices_;
    const std::vector<AgedCost>& costs_;
    const OwnNeedRules& rules_;
    OwnNeed need_;
};

}  // namespace

std::map<PracticeCode, int> deprivation_fifths(const std::vector<NeedPractice>& practices) {
    std::vector<const NeedPractice*> order;
    wide all = 0;
    for (const NeedPractice& practice : practices) {
        order.push_back(&practice);
        all += practice.now.all().thousandths();
    }
    std::ranges::sort(order, [](const NeedPractice* a, const NeedPractice* b) {
        return std::pair(-a->deprivation.value_or(0), a->practice) <
               std::pair(-b->deprivation.value_or(0), b->practice);
    });
    std::map<PracticeCode, int> fifths;
    wide before = 0;
    for (const NeedPractice* practice : order) {
        const wide own = practice->now.all().thousandths();
        const wide middle_twice = before * 2 + own;
        const auto fifth = all == 0 ? wide{0} : std::min<wide>(middle_twice * 5 / (all * 2), 4);
        fifths[practice->practice] = static_cast<int>(fifth) + 1;
        before += own;
    }
    return fifths;
}

Result<std::map<PracticeCode, std::int64_t>> normalised(
    const std::map<PracticeCode, std::int64_t>& expected, Patients patients) {
    std::vector<std::int64_t> amounts;
    std::vector<PracticeCode> nothing;
    for (const auto& [practice, amount] : expected) {
        amounts.push_back(amount);
        if (amount <= 0) nothing.push_back(practice);
    }
    if (!nothing.empty()) {
        return bad_input(listed(nothing) +
                         ": nothing is expected of its patients; a weight of 0 is no weight");
    }
    constexpr std::int64_t millionths_in_a_thousandth = 1000;
    const auto shares =
        shared_out(Pence(patients.thousandths() * millionths_in_a_thousandth), amounts);
    std::map<PracticeCode, std::int64_t> weights;
    std::size_t at = 0;
    for (const auto& [practice, amount] : expected) weights[practice] = shares[at++].count();
    return weights;
}

Result<OwnNeed> own_need(const std::vector<AgeBand>& bands, std::vector<NeedPractice> practices,
                         const std::vector<AgedCost>& costs, const OwnNeedRules& rules) {
    return OwnNeedMaker(bands, std::move(practices), costs, rules).make();
}

}  // namespace purse
