#include "synthesis/events.hpp"

namespace purse {

namespace {

constexpr std::size_t age_groups = 4;
constexpr std::array<int, age_groups> typical_age = {0, 10, 40, 75};

std::size_t age_group(int age) { return age < 1 ? 0 : age < 19 ? 1 : age < 65 ? 2 : 3; }

std::int64_t activity(const HrgMix& hrg, SpellKind kind, const Calibration& calibration) {
    const bool everyday = hrg.group == HrgGroup::ordinary || hrg.group == HrgGroup::ungrouped ||
                          hrg.group == HrgGroup::respiratory_heart ||
                          hrg.group == HrgGroup::chemotherapy;
    switch (kind) {
        case SpellKind::day_case:
        case SpellKind::regular_day:
            return everyday ? hrg.day_cases : 0;
        case SpellKind::elective:
            return everyday ? hrg.electives : 0;
        case SpellKind::emergency:
            return everyday ? hrg.short_emergencies * calibration.short_stay_scale / 100 +
                                  hrg.long_emergencies
                            : 0;
        case SpellKind::delivery:
            return hrg.group == HrgGroup::maternity
                       ? hrg.electives + hrg.short_emergencies + hrg.long_emergencies
                       : 0;
        case SpellKind::antenatal:
            return hrg.group == HrgGroup::antenatal ? hrg.short_emergencies + hrg.long_emergencies
                                                    : 0;
        case SpellKind::newborn:
            return hrg.group == HrgGroup::newborn || hrg.code.starts_with("PB04")
                       ? hrg.short_emergencies + hrg.long_emergencies
                       : 0;
    }
    return 0;
}

// In percent: what leans to the old is four times as likely past 65 as before, and so on.
std::int64_t leaning(AgeLean lean, std::size_t group) {
    if (group < 2 || lean == AgeLean::any) return 100;
    const bool fits = (lean == AgeLean::old) == (group == 3);
    return fits ? 160 : 40;
}

std::int64_t fitting(const HrgMix& hrg, std::size_t group, bool male) {
    const int age = typical_age[group];
    if (hrg.sex == 'F' && male) return 0;
    if (hrg.sex == 'M' && !male) return 0;
    if (age < hrg.least_age || age > hrg.most_age) return 0;
    return leaning(hrg.lean, group);
}

std::size_t place_of(SpellKind kind, int month_place, std::size_t group, bool male) {
    const auto month = static_cast<std::size_t>(kind == SpellKind::emergency ? month_place - 1 : 0);
    return ((static_cast<std::size_t>(kind) * 12 + month) * age_groups + group) * 2 +
           (male ? 1 : 0);
}

}  // namespace

CaseMix::CaseMix(const Calibration& calibration) : mixes_(7 * 12 * age_groups * 2) {
    for (std::size_t kind = 0; kind < 7; ++kind) {
        for (int month = 1; month <= 12; ++month) {
            for (std::size_t group = 0; group < age_groups; ++group) {
                for (const bool male : {false, true}) {
                    const auto setting = static_cast<SpellKind>(kind);
                    Weighted& mix = mixes_[place_of(setting, month, group, male)];
                    if (!mix.empty()) continue;
                    for (const HrgMix& hrg : calibration.hrgs) {
                        const bool seasonal = hrg.group == HrgGroup::respiratory_heart;
                        const auto season =
                            seasonal ? calibration
                                           .respiratory_season[static_cast<std::size_t>(month - 1)]
                                     : 1000;
                        mix.add(activity(hrg, setting, calibration) * season *
                                fitting(hrg, group, male));
                    }
                }
            }
        }
    }
}

const Weighted& CaseMix::mix(SpellKind kind, int month_place, int age, bool male) const {
    return mixes_[place_of(kind, month_place, age_group(age), male)];
}

bool CaseMix::has(SpellKind kind, int month_place, int age, bool male) const {
    return !mix(kind, month_place, age, male).empty();
}

std::uint16_t CaseMix::pick(SpellKind kind, int month_place, int age, bool male,
                            Chance& chance) const {
    return static_cast<std::uint16_t>(mix(kind, month_place, age, male).pick(chance));
}

}  // namespace purse
