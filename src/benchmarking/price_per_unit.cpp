#include "benchmarking/price_per_unit.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "base/wide.hpp"
#include "money/factor.hpp"

namespace purse {

namespace {

constexpr std::size_t code_length = 15;

struct Use {
    std::int64_t items = 0;
    std::int64_t quantity = 0;
    FinePence cost;
    std::map<std::string, PresentationUse> presentations;  // by code
};

void add(Use& use, const PrescribedMedicine& medicine) {
    use.items += medicine.items;
    use.quantity += medicine.quantity;
    use.cost += medicine.cost;
    PresentationUse& one = use.presentations[medicine.bnf_code];
    one.bnf_code = medicine.bnf_code;
    if (one.name.empty() || medicine.name < one.name) one.name = medicine.name;
    one.items += medicine.items;
    one.quantity += medicine.quantity;
    one.cost += medicine.cost;
}

// Whether a unit is cheaper: cost over quantity, compared without dividing.
template <class A, class B>
bool is_cheaper(const A& a, const B& b) {
    return wide{a.cost.thousandths()} * b.quantity < wide{b.cost.thousandths()} * a.quantity;
}

using Uses = std::map<PracticeCode, Use>;

// The dearest of the cheapest share of the practices: their number times the share, rounded up.
const Use& target_of(const Uses& uses, const PricePerUnitRules& rules) {
    std::vector<const Use*> by_price;
    for (const auto& [practice, use] : uses) by_price.push_back(&use);
    std::ranges::stable_sort(by_price,
                             [](const Use* a, const Use* b) { return is_cheaper(*a, *b); });
    const auto percent = static_cast<std::size_t>(rules.cheapest_percent);
    const std::size_t cheapest = (by_price.size() * percent + 99) / 100;
    return *by_price.at(std::max<std::size_t>(cheapest, 1) - 1);
}

Pence saving_of(const Use& own, const Use& target) {
    if (!is_cheaper(target, own)) return Pence(0);
    const wide off = wide{own.cost.thousandths()} * target.quantity -
                     wide{target.cost.thousandths()} * own.quantity;
    return Pence(divided(off, wide{target.quantity} * FinePence::per_penny, Rounding::half_up));
}

std::int64_t price_of_thousand(const Use& use) {
    return divided(wide{use.cost.thousandths()} * 1'000'000, use.quantity, Rounding::half_up);
}

bool is_generic(const std::string& bnf_code) { return bnf_code.substr(9, 2) == "AA"; }

// The generic's name where somebody prescribed it, else that of the most prescribed.
std::string name_of(const Uses& uses) {
    std::map<std::string, PresentationUse> all;
    for (const auto& [practice, use] : uses) {
        for (const auto& [code, one] : use.presentations) {
            PresentationUse& sum = all[code];
            if (sum.name.empty() || one.name < sum.name) sum.name = one.name;
            sum.quantity += one.quantity;
        }
    }
    const auto best = std::ranges::max_element(all, [](const auto& a, const auto& b) {
        const bool generic_a = is_generic(a.first), generic_b = is_generic(b.first);
        if (generic_a != generic_b) return generic_b;
        return a.second.quantity < b.second.quantity;
    });
    return best->second.name;
}

std::size_t presentations_in(const Uses& uses) {
    std::map<std::string, int> codes;
    for (const auto& [practice, use] : uses) {
        for (const auto& [code, one] : use.presentations) ++codes[code];
    }
    return codes.size();
}

PriceSaving told(const std::string& group, const std::string& name, const Use& own,
                 const Use& target, std::size_t practices) {
    PriceSaving saving;
    saving.group = group;
    saving.name = name;
    saving.items = own.items;
    saving.quantity = own.quantity;
    saving.cost = own.cost;
    saving.price_of_thousand = price_of_thousand(own);
    saving.target_of_thousand = price_of_thousand(target);
    saving.practices = practices;
    saving.saving = saving_of(own, target);
    for (const auto& [code, one] : own.presentations) saving.presentations.push_back(one);
    std::ranges::stable_sort(saving.presentations,
                             [](const auto& a, const auto& b) { return is_cheaper(b, a); });
    return saving;
}

}  // namespace

std::string generic_group(std::string_view bnf_code, const PricePerUnitRules& rules) {
    if (bnf_code.size() != code_length) return {};
    const auto digit = [](char c) { return c >= '0' && c <= '9' ? c - '0' : -1; };
    const int tens = digit(bnf_code[0]), ones = digit(bnf_code[1]);
    if (tens < 0 || ones < 0 || tens * 10 + ones > rules.last_drug_chapter) return {};
    if (bnf_code.substr(13, 2) == rules.no_equivalent) return {};
    return std::string(bnf_code.substr(0, 9)) + std::string(bnf_code.substr(13, 2));
}

std::map<PracticeCode, PracticeSavings> price_savings(
    const std::vector<PrescribedMedicine>& medicines, const PricePerUnitRules& rules) {
    std::map<std::string, Uses> groups;
    std::map<PracticeCode, PracticeSavings> found;
    for (const PrescribedMedicine& medicine : medicines) {
        found[medicine.practice];
        const std::string group = generic_group(medicine.bnf_code, rules);
        const bool counts = medicine.quantity > 0 && medicine.cost > FinePence(0);
        if (group.empty() || !counts) continue;
        add(groups[group][medicine.practice], medicine);
    }
    for (const auto& [group, uses] : groups) {
        if (uses.size() < rules.fewest_practices || presentations_in(uses) < 2) continue;
        const Use& target = target_of(uses, rules);
        const std::string name = name_of(uses);
        for (const auto& [practice, use] : uses) {
            if (saving_of(use, target) < rules.least_saving) continue;
            found[practice].savings.push_back(told(group, name, use, target, uses.size()));
        }
    }
    for (auto& [practice, savings] : found) {
        std::ranges::stable_sort(savings.savings, [](const auto& a, const auto& b) {
            return a.saving > b.saving || (a.saving == b.saving && a.group < b.group);
        });
        for (const PriceSaving& saving : savings.savings) savings.total += saving.saving;
    }
    return found;
}

}  // namespace purse
