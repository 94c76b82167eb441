#include "pricing/line_of.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "base/code.hpp"

namespace purse {

namespace {

bool is_first(std::uint64_t first_attendance) {
    return first_attendance == packed("1") || first_attendance == packed("3");
}

}  // namespace

BudgetLine line_of_spell(AdmissionType type, std::uint64_t hrg) {
    if (hrg >> 48 == packed("NZ") >> 48) return BudgetLine::maternity;
    switch (type) {
        case AdmissionType::day_case:
        case AdmissionType::regular:
            return BudgetLine::day_case;
        case AdmissionType::elective:
            return BudgetLine::elective;
        case AdmissionType::non_elective_emergency:
        case AdmissionType::non_elective_other:
        case AdmissionType::other:
            break;
    }
    return BudgetLine::non_elective;
}

BudgetLine line_of_attendance(TariffApplied applied, std::uint64_t first_attendance,
                              bool direct_access) {
    switch (applied) {
        case TariffApplied::outpatient_procedure:
        case TariffApplied::best_practice:
            return BudgetLine::outpatient_procedure;
        case TariffApplied::direct_access:
            return BudgetLine::diagnostics;
        case TariffApplied::none:
        case TariffApplied::local:
            if (direct_access) return BudgetLine::diagnostics;
            break;
        default:
            break;
    }
    return is_first(first_attendance) ? BudgetLine::outpatient_first
                                      : BudgetLine::outpatient_follow_up;
}

void lines_of_spells(std::span<const AdmissionType> types, std::span<const std::uint64_t> hrgs,
                     std::vector<BudgetLine>& out) {
    CHECK(types.size() == hrgs.size());
    out.resize(types.size());
    for (std::size_t i = 0; i < types.size(); ++i) out[i] = line_of_spell(types[i], hrgs[i]);
}

void lines_of_attendances(std::span<const TariffApplied> applied,
                          std::span<const std::uint64_t> first_attendances,
                          std::span<const std::uint8_t> direct_access,
                          std::vector<BudgetLine>& out) {
    CHECK(applied.size() == first_attendances.size() && applied.size() == direct_access.size());
    out.resize(applied.size());
    for (std::size_t i = 0; i < applied.size(); ++i) {
        out[i] = line_of_attendance(applied[i], first_attendances[i], direct_access[i] != 0);
    }
}

std::span<const std::uint64_t> consultant_referral_sources() {
    static constexpr std::uint64_t sources[] = {packed("05"), packed("01"), packed("10"),
                                                packed("11")};
    return sources;
}

bool is_consultant_to_consultant(std::uint64_t first_attendance, std::uint64_t referral_source,
                                 std::span<const std::uint64_t> sources) {
    return is_first(first_attendance) &&
           std::ranges::find(sources, referral_source) != sources.end();
}

}  // namespace purse
