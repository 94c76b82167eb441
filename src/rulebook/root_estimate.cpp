#include "rulebook/root_estimate.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace purse {

namespace {

constexpr std::size_t root_length = 4;
constexpr int least_trim_days = 5;

using Group = std::vector<const AdmittedPrice*>;

std::string root_of(Hrg hrg) { return hrg.text().substr(0, root_length); }

// The mean over the rows that have the figure; none where no row has it.
template <class Figure, class AsNumber>
std::optional<std::int64_t> mean_of(const Group& group, Figure figure, AsNumber as_number) {
    std::int64_t sum = 0;
    std::int64_t rows = 0;
    for (const AdmittedPrice* price : group) {
        if (const auto& value = price->*figure) {
            sum += as_number(*value);
            ++rows;
        }
    }
    if (rows == 0) return std::nullopt;
    return divided(sum, rows, Rounding::half_up);
}

std::optional<Pence> mean_price(const Group& group, std::optional<Pence> AdmittedPrice::* price) {
    const auto in_pence = [](Pence amount) { return amount.count(); };
    const auto mean = mean_of(group, price, in_pence);
    if (!mean) return std::nullopt;
    return pounds(divided(*mean, 100, Rounding::half_up));
}

std::optional<int> mean_trim(const Group& group, std::optional<int> AdmittedPrice::* days) {
    const auto mean = mean_of(group, days, [](int count) { return std::int64_t{count}; });
    if (!mean) return std::nullopt;
    return std::max(static_cast<int>(*mean), least_trim_days);
}

AdmittedPrice estimate(const std::string& root, const Group& group, TariffSource source) {
    AdmittedPrice mean;
    mean.name = fmt::format("estimate: the mean of {} HRGs of root {}", group.size(), root);
    mean.estimated = true;
    mean.source = source;
    mean.outpatient_procedure = mean_price(group, &AdmittedPrice::outpatient_procedure);
    mean.combined = mean_price(group, &AdmittedPrice::combined);
    mean.day_case = mean_price(group, &AdmittedPrice::day_case);
    mean.elective = mean_price(group, &AdmittedPrice::elective);
    mean.elective_trim_days = mean_trim(group, &AdmittedPrice::elective_trim_days);
    mean.non_elective = mean_price(group, &AdmittedPrice::non_elective);
    mean.non_elective_trim_days = mean_trim(group, &AdmittedPrice::non_elective_trim_days);
    mean.long_stay_per_day = mean_price(group, &AdmittedPrice::long_stay_per_day);
    mean.short_stay_emergency = mean_price(group, &AdmittedPrice::short_stay_emergency);
    mean.short_stay_applies =
        mean.short_stay_emergency.has_value() &&
        std::ranges::all_of(group, [](const auto* price) { return price->short_stay_applies; });
    return mean;
}

bool is_known(const Tariff& tariff, Hrg hrg) {
    return tariff.admitted.contains(hrg) || tariff.no_national_price.contains(hrg) ||
           tariff.unbundled.contains(hrg);
}

}  // namespace

RootEstimates with_root_estimates(Tariff tariff, const Tariff& grouped_by) {
    std::map<std::string, Group> groups;
    for (const auto& [hrg, price] : tariff.admitted) groups[root_of(hrg)].push_back(&price);

    const auto sheet = static_cast<std::uint16_t>(tariff.sheets.size());
    std::map<Hrg, AdmittedPrice> estimates;
    std::size_t without_root = 0;
    for (const auto& [hrg, price] : grouped_by.admitted) {
        if (is_known(tariff, hrg)) continue;
        const auto group = groups.find(root_of(hrg));
        if (group == groups.end()) {
            ++without_root;
            continue;
        }
        estimates.emplace(hrg, estimate(group->first, group->second, {sheet, 0}));
    }
    const std::size_t estimated = estimates.size();
    tariff.admitted.merge(estimates);
    tariff.sheets.push_back("estimated by root for HRGs of " + to_text(grouped_by.year));
    return {std::move(tariff), estimated, without_root};
}

}  // namespace purse
