#include "population/age_bands.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace purse {

namespace {

// Patients of one sex by published band; the widest bands first where several start at an age.
using Published = std::multimap<int, ListSize>;

Published of_sex(const std::vector<ListSize>& published, char sex) {
    Published by_start;
    for (const ListSize& size : published) {
        if (size.sex == sex) by_start.emplace(size.ages.from, size);
    }
    return by_start;
}

// From the last age down: what the ages from `age` to the band's end come to, where whole published
// bands make them up.
std::optional<Patients> made_up(const Published& published, AgeBand band) {
    std::vector<std::optional<Patients>> to_the_end(static_cast<std::size_t>(band.to - band.from) +
                                                    2);
    to_the_end.back() = Patients(0);
    for (int age = band.to; age >= band.from; --age) {
        const auto [first, last] = published.equal_range(age);
        auto& here = to_the_end[static_cast<std::size_t>(age - band.from)];
        int widest = -1;
        for (auto size = first; size != last; ++size) {
            const int to = size->second.ages.to;
            if (to > band.to || to <= widest) continue;
            const auto& rest = to_the_end[static_cast<std::size_t>(to + 1 - band.from)];
            if (!rest) continue;
            here = size->second.patients;
            *here += *rest;
            widest = to;
        }
    }
    return to_the_end.front();
}

}  // namespace

Patients ListByBand::all() const {
    Patients sum;
    for (const auto& sex : {men, women}) {
        for (const Patients patients : sex) sum += patients;
    }
    return sum;
}

ListByBand& ListByBand::operator+=(const ListByBand& more) {
    if (men.empty()) return *this = more;
    CHECK(men.size() == more.men.size() && women.size() == more.women.size());
    for (std::size_t i = 0; i < men.size(); ++i) men[i] += more.men[i];
    for (std::size_t i = 0; i < women.size(); ++i) women[i] += more.women[i];
    return *this;
}

Result<std::vector<AgeBand>> parse_age_bands(const std::vector<std::string>& texts) {
    std::vector<AgeBand> bands;
    int next = 0;
    for (const std::string& text : texts) {
        const auto band = parse_age_band(text);
        if (!band) return band.problem();
        if (band->from != next) {
            return bad_input(fmt::format("the band {} should start at {}", text, next));
        }
        bands.push_back(*band);
        next = band->to + 1;
    }
    if (next != oldest_age + 1) return bad_input("the last band must be without an end: 75+");
    return bands;
}

std::size_t band_of(int age, const std::vector<AgeBand>& bands) {
    const auto after = std::ranges::upper_bound(bands, age, {}, &AgeBand::from);
    CHECK(after != bands.begin());
    return static_cast<std::size_t>(after - bands.begin()) - 1;
}

Result<ListByBand> in_bands(const std::vector<ListSize>& published,
                            const std::vector<AgeBand>& bands) {
    ListByBand list;
    for (const auto& [sex, out, name] :
         {std::tuple{'M', &list.men, "men"}, std::tuple{'F', &list.women, "women"}}) {
        const Published by_start = of_sex(published, sex);
        const bool by_age = std::ranges::any_of(
            by_start, [](const auto& size) { return !size.second.ages.all_ages(); });
        if (!by_age) return bad_input(fmt::format("its list has no {} by age", name));
        for (const AgeBand band : bands) {
            const auto patients = made_up(by_start, band);
            if (!patients) {
                return bad_input(
                    fmt::format("the bands of its list do not make up the {} of {} exactly", name,
                                to_text(band)));
            }
            out->push_back(*patients);
        }
    }
    return list;
}

}  // namespace purse
