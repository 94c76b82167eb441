// The specialised top-ups of a tariff: by diagnoses and procedures at eligible providers (2016/17),
// or by flags that the record bears (2017/18).
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "pricing/code_filter.hpp"
#include "pricing/code_table.hpp"
#include "rulebook/pricing_rules.hpp"
#include "rulebook/tariff.hpp"

namespace purse {

class TopUpTable {
  public:
    TopUpTable() = default;
    TopUpTable(const Tariff& tariff, const PricingRules& rules);

    // In millionths of the price that tops up; 0 where nothing qualifies. Lists are separated by
    // ';', an age of -1 is not known.
    [[nodiscard]] std::int64_t rate_by_codes(std::uint64_t provider, std::int32_t age,
                                             std::string_view diagnoses,
                                             std::string_view procedures) const;
    [[nodiscard]] std::int64_t rate_by_flags(std::string_view flags) const;
    // False where no codes can top up at any provider, or at this one.
    [[nodiscard]] bool goes_by_codes() const { return !service_rates_.empty(); }
    [[nodiscard]] bool is_eligible(std::uint64_t provider) const {
        return open_services_ != 0 || provider_services_.find(provider) != nullptr;
    }

    // Of one record that has codes, flags or both.
    [[nodiscard]] std::int64_t combined(std::int64_t by_codes, std::int64_t by_flags) const {
        return stack_ ? by_codes + by_flags : std::max(by_codes, by_flags);
    }

  private:
    // Services as bits, by the age that they ask for.
    struct Services {
        std::uint64_t any = 0, child = 0, adult = 0;
    };
    // Codes of at least three signs; the filter holds their first three.
    struct CodeList {
        CodeFilter beginnings;
        CodeTable<Services> codes;
    };
    void put_services(const Tariff& tariff);
    void put_codes(const Tariff& tariff, const std::map<std::string, std::uint16_t>& services);
    [[nodiscard]] static Services services_of(const CodeList& list, std::string_view codes);

    bool stack_ = false;
    std::int32_t child_under_age_ = 0;
    std::vector<std::int64_t> service_rates_, flag_rates_;
    CodeList diagnoses_, procedures_;
    CodeTable<std::uint64_t> provider_services_;
    std::uint64_t open_services_ = 0;  // without a list of providers
    std::map<std::string, std::size_t, std::less<>> flags_;
};

}  // namespace purse
