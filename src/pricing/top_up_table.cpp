#include "pricing/top_up_table.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/check.hpp"
#include "base/code.hpp"
#include "pricing/separated_list.hpp"

namespace purse {

namespace {

constexpr std::size_t least_signs = 3;

constexpr std::uint64_t first_signs(std::uint64_t code, std::size_t count) {
    return code & ~std::uint64_t{0} << (64 - 8 * count);
}

// The first eight characters at `from`, the first highest; zeros beyond the text's end.
std::uint64_t eight_at(std::string_view text, std::size_t from) {
    std::uint64_t value = 0;
    if (text.size() - from >= 8) {
        std::memcpy(&value, text.data() + from, 8);
    } else {
        std::memcpy(&value, text.data() + from, text.size() - from);
    }
    static_assert(std::endian::native == std::endian::little);
    return __builtin_bswap64(value);
}

// Characters before the first ';' among the eight, by a carry-free search for a zero byte.
std::size_t length_to_separator(std::uint64_t eight) {
    const std::uint64_t x = eight ^ 0x3B3B3B3B3B3B3B3BU;  // ';' becomes 0
    const std::uint64_t low = 0x7F7F7F7F7F7F7F7FU;
    const std::uint64_t zeros = ~(((x & low) + low) | x | low);
    return static_cast<std::size_t>(std::countl_zero(zeros)) / 8;
}

// Calls visit(code, length) for every value; of a longer value, for its first eight characters.
template <class Visit>
void for_each_code(std::string_view list, Visit visit) {
    for (std::size_t from = 0; from < list.size();) {
        const std::uint64_t eight = eight_at(list, from);
        const std::size_t length = std::min(length_to_separator(eight), list.size() - from);
        if (length >= least_signs) visit(first_signs(eight, length), length);
        from += length;
        if (length == 8) from = std::min(list.find(';', from), list.size());
        ++from;
    }
}

}  // namespace

TopUpTable::TopUpTable(const Tariff& tariff, const PricingRules& rules)
    : stack_(rules.top_ups_stack), child_under_age_(rules.child_under_age) {
    put_services(tariff);
    for (std::size_t i = 0; i < tariff.top_up_flags.size(); ++i) {
        flags_.emplace(tariff.top_up_flags[i].flag, i);
        flag_rates_.push_back(tariff.top_up_flags[i].rate.millionths());
    }
}

void TopUpTable::put_services(const Tariff& tariff) {
    std::map<std::string, std::uint16_t> services;
    for (const TopUpService& service : tariff.top_up_services) {
        services.emplace(service.service_id, static_cast<std::uint16_t>(services.size()));
        service_rates_.push_back(service.rate.millionths());
    }
    CHECK(services.size() <= 64 && services.size() == tariff.top_up_services.size());
    std::uint64_t listed = 0;
    provider_services_ = CodeTable<std::uint64_t>(tariff.top_up_providers.size());
    for (const TopUpProvider& entry : tariff.top_up_providers) {
        const auto service = services.find(entry.service_id);
        if (service == services.end()) continue;
        const std::uint64_t bit = std::uint64_t{1} << service->second;
        provider_services_.put(entry.provider.packed()) |= bit;
        listed |= bit;
    }
    const std::uint64_t all =
        services.size() == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << services.size()) - 1;
    open_services_ = all & ~listed;
    put_codes(tariff, services);
}

void TopUpTable::put_codes(const Tariff& tariff,
                           const std::map<std::string, std::uint16_t>& services) {
    diagnoses_.codes = procedures_.codes = CodeTable<Services>(tariff.top_up_codes.size());
    for (const TopUpCode& entry : tariff.top_up_codes) {
        const auto service = services.find(entry.service_id);
        const std::uint64_t code = packed(entry.code);
        if (service == services.end() || entry.code.size() < least_signs || code == bad_code) {
            continue;
        }
        CodeList& list = entry.is_procedure ? procedures_ : diagnoses_;
        list.beginnings.put(first_signs(code, least_signs));
        Services& found = list.codes.put(code);
        const std::string& age = entry.age_criteria;
        const bool child = age.starts_with("Child") || age.starts_with("child");
        const bool adult = age.starts_with("Adult") || age.starts_with("adult");
        (child   ? found.child
         : adult ? found.adult
                 : found.any) |= std::uint64_t{1} << service->second;
    }
}

// Services whose list has a code or, for a code of more signs, its beginning: lists name four signs
// where records may carry a fifth.
TopUpTable::Services TopUpTable::services_of(const CodeList& list, std::string_view codes) {
    Services all;
    for_each_code(codes, [&](std::uint64_t code, std::size_t length) {
        if (!list.beginnings.may_hold(first_signs(code, least_signs))) return;
        for (; length >= least_signs; --length) {
            const Services* found = list.codes.find(first_signs(code, length));
            if (found == nullptr) continue;
            all.any |= found->any;
            all.child |= found->child;
            all.adult |= found->adult;
        }
    });
    return all;
}

std::int64_t TopUpTable::rate_by_codes(std::uint64_t provider, std::int32_t age,
                                       std::string_view diagnoses,
                                       std::string_view procedures) const {
    const std::uint64_t* listed = provider_services_.find(provider);
    const std::uint64_t eligible = open_services_ | (listed != nullptr ? *listed : 0);
    if (eligible == 0) return 0;
    const Services a = services_of(diagnoses_, diagnoses);
    const Services b = services_of(procedures_, procedures);
    std::uint64_t services = a.any | b.any;
    if (age >= 0 && age < child_under_age_) services |= a.child | b.child;
    if (age >= child_under_age_) services |= a.adult | b.adult;
    services &= eligible;
    std::int64_t rate = 0;
    for (; services != 0; services &= services - 1) {
        const std::int64_t one =
            service_rates_[static_cast<std::size_t>(std::countr_zero(services))];
        rate = stack_ ? rate + one : std::max(rate, one);
    }
    return rate;
}

std::int64_t TopUpTable::rate_by_flags(std::string_view flags) const {
    if (flags_.empty()) return 0;
    std::uint64_t seen = 0;  // a flag given twice counts once
    std::int64_t rate = 0;
    for_each_listed(flags, [&](std::string_view flag) {
        const auto found = flags_.find(flag);
        if (found == flags_.end()) return;
        const std::uint64_t bit = std::uint64_t{1} << (found->second & 63);
        const std::int64_t one = flag_rates_[found->second];
        if (!stack_) {
            rate = std::max(rate, one);
        } else if ((seen & bit) == 0) {
            rate += one;
        }
        seen |= bit;
    });
    return rate;
}

}  // namespace purse
