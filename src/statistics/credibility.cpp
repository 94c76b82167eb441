#include "statistics/credibility.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace purse {

namespace {

// Members' standard deviation about the group and from a period to the next, as parts of the
// group's ratio; and the variance within as a part of the scatter about each member's mean.
constexpr std::array of_between = {0.03, 0.1, 0.3};
constexpr std::array of_moving = {0.0, 0.005, 0.01, 0.02, 0.04};
constexpr std::array of_within = {0.5, 0.7, 1.0};

struct Variances {
    double within = 0, between = 0, moving = 0;
};

double group_of(std::span<const MemberRecord> records) {
    double came = 0;
    double expected = 0;
    for (const MemberRecord& record : records) {
        for (std::size_t t = 0; t < record.came.size(); ++t) {
            if (record.expected[t] <= 0) continue;
            came += record.came[t];
            expected += record.expected[t];
        }
    }
    return expected > 0 ? came / expected : 0;
}

// Mean over members and periods of expected x (ratio - member's ratio)^2.
double scatter_of(std::span<const MemberRecord> records) {
    double squares = 0;
    double freedom = 0;
    for (const MemberRecord& record : records) {
        const double own = group_of({&record, 1});
        double periods = 0;
        for (std::size_t t = 0; t < record.came.size(); ++t) {
            const double expected = record.expected[t];
            if (expected <= 0) continue;
            squares += expected * std::pow(record.came[t] / expected - own, 2);
            periods += 1;
        }
        freedom += std::max(0.0, periods - 1);
    }
    return freedom > 0 ? squares / freedom : 0;
}

// What is believed of a member after each period (Kalman's filter of one number).
struct Belief {
    double ratio = 0;
    double variance = 0;
    double of_group = 1;  // how far the group still counts
    double log_likelihood = 0;
};

Belief belief_of(const MemberRecord& record, double group, const Variances& variances) {
    Belief belief{.ratio = group, .variance = variances.between};
    double spread = 1;  // a product of variances: its logarithm is taken now and then
    for (std::size_t t = 0; t < record.came.size(); ++t) {
        const double expected = record.expected[t];
        if (expected <= 0) continue;
        const double foretold = belief.variance + variances.within / expected;
        const double missed = record.came[t] / expected - belief.ratio;
        const double gain = belief.variance / foretold;
        belief.log_likelihood -= missed * missed / foretold / 2;
        spread *= foretold;
        if (spread < 1e-200 || spread > 1e200) {
            belief.log_likelihood -= std::log(spread) / 2;
            spread = 1;
        }
        belief.ratio += gain * missed;
        belief.of_group *= 1 - gain;
        belief.variance = belief.variance * (1 - gain) + variances.moving;
    }
    belief.log_likelihood -= std::log(spread) / 2;
    return belief;
}

std::vector<Variances> table_of(double group, double scatter) {
    std::vector<Variances> table;
    for (const double within : of_within) {
        for (const double between : of_between) {
            for (const double moving : of_moving) {
                table.push_back(
                    {within * scatter, std::pow(between * group, 2), std::pow(moving * group, 2)});
            }
        }
    }
    return table;
}

// Adds a member's beliefs under all variances, each with its weight.
MemberCredibility averaged(const std::vector<Belief>& beliefs, const std::vector<double>& weights,
                           double group) {
    MemberCredibility member;
    double of_group = 0;
    double squares = 0;
    for (std::size_t i = 0; i < beliefs.size(); ++i) {
        member.believed += weights[i] * beliefs[i].ratio;
        of_group += weights[i] * beliefs[i].of_group;
        squares += weights[i] * (beliefs[i].variance + beliefs[i].ratio * beliefs[i].ratio);
    }
    member.variance = std::max(0.0, squares - member.believed * member.believed);
    member.credibility = 1 - of_group;
    member.own =
        member.credibility > 0 ? (member.believed - of_group * group) / member.credibility : group;
    return member;
}

Outcome refuse_unless_usable(std::span<const MemberRecord> records) {
    if (records.size() < 2 || records.front().came.size() < 2) {
        return bad_input("credibility needs two members and two periods at the least");
    }
    for (const MemberRecord& record : records) {
        if (record.came.size() != records.front().came.size() ||
            record.expected.size() != record.came.size()) {
            return bad_input("every member's record has as many periods as the others'");
        }
    }
    if (group_of(records) <= 0) return bad_input("nothing was expected of any member, or came");
    return Nothing{};
}

}  // namespace

Result<Credibility> credibility_of(std::span<const MemberRecord> records) {
    if (auto fault = refuse_unless_usable(records); !fault) return fault.problem();
    Credibility found{.group = group_of(records)};
    // Records without any scatter: a ten-thousandth stands for none.
    const double scatter = std::max(scatter_of(records), 1e-8 * found.group * found.group);
    const std::vector<Variances> table = table_of(found.group, scatter);
    std::vector<std::vector<Belief>> beliefs(records.size());  // by member and variances
    std::vector<double> weights;
    for (const Variances& variances : table) {
        double log_likelihood = 0;
        for (std::size_t i = 0; i < records.size(); ++i) {
            beliefs[i].push_back(belief_of(records[i], found.group, variances));
            log_likelihood += beliefs[i].back().log_likelihood;
        }
        weights.push_back(log_likelihood);
    }
    const double best = *std::ranges::max_element(weights);
    double sum = 0;
    for (double& weight : weights) sum += (weight = std::exp(weight - best));
    for (std::size_t i = 0; i < table.size(); ++i) {
        weights[i] /= sum;
        found.within += weights[i] * table[i].within;
        found.between += weights[i] * table[i].between;
        found.moving += weights[i] * table[i].moving;
    }
    for (const auto& of_member : beliefs) {
        found.members.push_back(averaged(of_member, weights, found.group));
    }
    return found;
}

}  // namespace purse
