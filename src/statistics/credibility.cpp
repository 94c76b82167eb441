#include "statistics/credibility.hpp"

#include <algorithm>
#include <cmath>

namespace purse {

namespace {

struct Sums {
    double came = 0;
    double expected = 0;
    std::size_t periods = 0;
};

Sums sums_of(const MemberRecord& record, std::span<const double> weights) {
    Sums sums;
    for (std::size_t t = 0; t < weights.size(); ++t) {
        if (record.expected[t] <= 0) continue;
        sums.came += weights[t] * record.came[t];
        sums.expected += weights[t] * record.expected[t];
        ++sums.periods;
    }
    return sums;
}

// Mean over members and periods of expected x (ratio - member's ratio)^2.
double within_of(std::span<const MemberRecord> records, const std::vector<Sums>& sums,
                 std::span<const double> weights) {
    double squares = 0;
    double freedom = 0;
    for (std::size_t i = 0; i < records.size(); ++i) {
        if (sums[i].periods < 2) continue;
        const double own = sums[i].came / sums[i].expected;
        for (std::size_t t = 0; t < weights.size(); ++t) {
            const double expected = records[i].expected[t];
            if (expected <= 0) continue;
            squares += expected * std::pow(records[i].came[t] / expected - own, 2);
        }
        freedom += static_cast<double>(sums[i].periods - 1);
    }
    return freedom > 0 ? squares / freedom : 0;
}

double between_of(const std::vector<Sums>& sums, double group, double within) {
    double whole = 0;
    double squares = 0;
    double about = 0;
    double members = 0;
    for (const Sums& one : sums) {
        if (one.expected <= 0) continue;
        whole += one.expected;
        squares += one.expected * one.expected;
        about += one.expected * std::pow(one.came / one.expected - group, 2);
        members += 1;
    }
    const double room = whole - squares / whole;
    return room > 0 ? std::max(0.0, (about - (members - 1) * within) / room) : 0;
}

}  // namespace

Result<Credibility> credibility_of(std::span<const MemberRecord> records,
                                   std::span<const double> weights) {
    if (records.size() < 2 || weights.size() < 2) {
        return bad_input("credibility needs two members and two periods at the least");
    }
    std::vector<Sums> sums;
    Credibility found;
    double came = 0;
    double expected = 0;
    for (const MemberRecord& record : records) {
        if (record.came.size() != weights.size() || record.expected.size() != weights.size()) {
            return bad_input("every member's record has as many periods as there are weights");
        }
        sums.push_back(sums_of(record, weights));
        came += sums.back().came;
        expected += sums.back().expected;
    }
    if (expected <= 0) return bad_input("nothing was expected of any member");
    found.group = came / expected;
    found.within = within_of(records, sums, weights);
    found.between = between_of(sums, found.group, found.within);
    for (const Sums& one : sums) {
        MemberCredibility member{.own = found.group};
        if (one.expected > 0) {
            member.own = one.came / one.expected;
            const double needed = one.expected * found.between + found.within;
            member.credibility = needed > 0 ? one.expected * found.between / needed : 0;
        }
        member.believed = member.credibility * member.own + (1 - member.credibility) * found.group;
        member.variance = found.between * (1 - member.credibility);
        found.members.push_back(member);
    }
    return found;
}

}  // namespace purse
