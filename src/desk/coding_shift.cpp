#include "desk/coding_shift.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/wide.hpp"
#include "money/shares.hpp"
#include "statistics/two_proportions.hpp"

namespace purse {

namespace {

CodedShare& operator+=(CodedShare& sum, const CodedShare& more) {
    sum.coded += more.coded;
    sum.of += more.of;
    return sum;
}

CodedShare share_of(const CodingCount& count) { return {count.coded, count.coded + count.others}; }

CountOf as_count(const CodedShare& share) {
    return {static_cast<double>(share.coded), static_cast<double>(share.of)};
}

double in_points(const CodedShare& share) {
    return share.of == 0 ? 0
                         : 100.0 * static_cast<double>(share.coded) / static_cast<double>(share.of);
}

// The counts of one provider and root (or of all its roots), and of everybody else's there.
struct Series {
    std::map<Month, CodedShare> own;
    std::map<Month, CodedShare> others;
};

CodedShare sum_of(const std::map<Month, CodedShare>& months, auto wanted) {
    CodedShare sum;
    for (const auto& [month, share] : months) {
        if (wanted(month)) sum += share;
    }
    return sum;
}

void part(const Series& series, Month since, CodingShift& shift) {
    const auto before = [&](Month month) { return month < since; };
    const auto after = [&](Month month) { return month >= since; };
    shift.since = since;
    shift.before = sum_of(series.own, before);
    shift.after = sum_of(series.own, after);
    shift.others_before = sum_of(series.others, before);
    shift.others_after = sum_of(series.others, after);
}

bool is_enough(const CodingShift& shift, const CodingShiftRules& rules) {
    const double change = in_points(shift.after) - in_points(shift.before);
    const double others = in_points(shift.others_after) - in_points(shift.others_before);
    return change >= rules.least_change_percent &&
           change - std::max(others, 0.0) >= rules.least_change_percent;
}

// The month that parts the shares best, where any parts them enough.
std::optional<CodingShift> best_shift(const Series& series, const CodingShiftRules& rules) {
    std::optional<CodingShift> best;
    double best_z = rules.standard_errors;
    for (const auto& [month, share] : series.own) {
        CodingShift shift;
        part(series, month, shift);
        if (shift.before.of < rules.least_cases || shift.after.of < rules.least_cases) continue;
        const auto z = pooled_z(as_count(shift.after), as_count(shift.before));
        if (!z || *z < best_z || !is_enough(shift, rules)) continue;
        best_z = *z;
        best = shift;
    }
    return best;
}

std::int64_t extra_cases(const CodedShare& before, const CodedShare& after) {
    const wide expected = (wide{after.of} * before.coded + before.of / 2) / before.of;
    return std::max<std::int64_t>(0, after.coded - static_cast<std::int64_t>(expected));
}

// What the cases cost on either side, over all months: the prices' mean hardly moves with coding.
struct Prices {
    CodedShare cases;
    Pence of_coded;
    Pence of_others;
};

Pence at_stake(std::int64_t extra, const Prices& prices) {
    const std::int64_t coded = prices.cases.coded;
    const std::int64_t others = prices.cases.of - coded;
    if (extra <= 0 || coded == 0 || others == 0) return Pence(0);
    const wide difference =
        wide{prices.of_coded.count()} * others - wide{prices.of_others.count()} * coded;
    if (difference <= 0) return Pence(0);
    return Pence(static_cast<std::int64_t>(wide{extra} * difference / (wide{coded} * others)));
}

// Everything that is counted for a question, by provider and root.
class Coding {
  public:
    Coding(CodingQuestion question, std::span<const CodingCount> counts) : question_(question) {
        for (const CodingCount& count : counts) {
            roots_[count.provider].insert(count.root);
            by_root_[count.root].push_back(&count);
            Prices& prices = prices_[{count.provider, count.root}];
            prices.cases += share_of(count);
            prices.of_coded += count.price_of_coded;
            prices.of_others += count.price_of_others;
        }
    }

    std::vector<CodingShift> shifts(const CodingShiftRules& rules) const {
        std::vector<CodingShift> found;
        for (const auto& [provider, roots] : roots_) {
            std::vector<CodingShift> of_provider;
            for (const std::string& root : roots) {
                if (auto shift = best_shift(series(provider, root), rules)) {
                    name(*shift, provider, root);
                    weigh(*shift, {root});
                    of_provider.push_back(std::move(*shift));
                }
            }
            std::ranges::stable_sort(of_provider, std::ranges::greater(), &CodingShift::at_stake);
            if (auto whole = best_shift(series(provider, ""), rules)) {
                name(*whole, provider, "");
                weigh(*whole, roots);
                of_provider.insert(of_provider.begin(), std::move(*whole));
            }
            std::ranges::move(of_provider, std::back_inserter(found));
        }
        return found;
    }

  private:
    [[nodiscard]] Series series(ProviderCode provider, const std::string& root) const {
        Series series;
        for (const std::string& each : root.empty() ? roots_.at(provider) : std::set{root}) {
            for (const CodingCount* count : by_root_.at(each)) {
                (count->provider == provider ? series.own : series.others)[count->month] +=
                    share_of(*count);
            }
        }
        return series;
    }

    void name(CodingShift& shift, ProviderCode provider, const std::string& root) const {
        shift.question = question_;
        shift.provider = provider;
        shift.root = root;
    }

    // Root by root, since a root's cases have prices of their own.
    void weigh(CodingShift& shift, const std::set<std::string>& roots) const {
        for (const std::string& root : roots) {
            CodingShift one;
            part(series(shift.provider, root), shift.since, one);
            if (one.before.of == 0 || one.after.of == 0) continue;
            const std::int64_t extra = extra_cases(one.before, one.after);
            const Pence stake = at_stake(extra, prices_.at({shift.provider, root}));
            shift.extra_cases += extra;
            shift.at_stake += stake;
            if (stake > Pence(0)) share_out(stake, root, shift);
        }
    }

    void share_out(Pence stake, const std::string& root, CodingShift& shift) const {
        std::map<Account, std::int64_t> cases;
        for (const CodingCount* count : by_root_.at(root)) {
            if (count->provider == shift.provider && count->month >= shift.since) {
                cases[count->account] += count->coded;
            }
        }
        std::vector<std::int64_t> weights;
        for (const auto& [account, coded] : cases) weights.push_back(coded);
        const auto shares = shared_out(stake, weights);
        std::size_t place = 0;
        for (const auto& [account, coded] : cases) shift.by_account[account] += shares[place++];
    }

    CodingQuestion question_;
    std::map<std::string, std::vector<const CodingCount*>> by_root_;
    std::map<ProviderCode, std::set<std::string>> roots_;
    std::map<std::pair<ProviderCode, std::string>, Prices> prices_;
};

}  // namespace

std::string in_percent(const CodedShare& share) {
    if (share.of == 0) return "–";
    return fmt::format("{}%", (share.coded * 200 + share.of) / (share.of * 2));
}

std::vector<CodingShift> coding_shifts(CodingQuestion question, std::span<const CodingCount> counts,
                                       const CodingShiftRules& rules) {
    return Coding(question, counts).shifts(rules);
}

}  // namespace purse
