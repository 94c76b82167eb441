#include "population/list_size.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace purse {

namespace {

bool read_age(std::string_view text, int& age) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), age);
    return error == std::errc() && end == text.data() + text.size() && age >= 0 &&
           age <= oldest_age && !text.empty();
}

bool without_end(std::string_view& text) {
    for (const std::string_view mark : {"+", "OV", "ov"}) {
        if (!text.ends_with(mark)) continue;
        text.remove_suffix(mark.size());
        return true;
    }
    return false;
}

bool is_all(std::string_view text) { return text == "ALL" || text == "All" || text == "all"; }

bool read_band(std::string_view text, AgeBand& band) {
    if (is_all(text)) return true;
    if (without_end(text)) return read_age(text, band.from);
    const auto between = text.find_first_of("_-");
    if (!read_age(text.substr(0, between), band.from)) return false;
    if (between == std::string_view::npos) {
        band.to = band.from;
        return true;
    }
    return read_age(text.substr(between + 1), band.to) && band.from <= band.to;
}

template <class T>
const T* latest(const std::map<Date, T>& by_day, Date on) {
    const auto after = by_day.upper_bound(on);
    return after == by_day.begin() ? nullptr : &std::prev(after)->second;
}

template <class T>
const T* latest_of(const std::map<PracticeCode, std::map<Date, T>>& all, PracticeCode practice,
                   Date on) {
    const auto found = all.find(practice);
    return found == all.end() ? nullptr : latest(found->second, on);
}

}  // namespace

Result<AgeBand> parse_age_band(std::string_view text) {
    AgeBand band;
    if (read_band(text, band)) return band;
    return bad_input(
        fmt::format("'{}' is not an age band: write ALL, 0_4, 95+ or a single year", text));
}

std::string to_text(AgeBand band) {
    if (band.all_ages()) return "all";
    if (band.to == oldest_age) return fmt::format("{}+", band.from);
    if (band.from == band.to) return fmt::format("{}", band.from);
    return fmt::format("{}-{}", band.from, band.to);
}

std::optional<Patients> sum_of_partition(const std::vector<ListSize>& bands, char sex) {
    std::vector<ListSize> parts;
    std::ranges::copy_if(bands, std::back_inserter(parts), [&](const ListSize& size) {
        return size.sex == sex && !size.ages.all_ages();
    });
    std::ranges::sort(parts, {}, &ListSize::ages);
    Patients sum;
    int next_age = 0;
    for (const ListSize& part : parts) {
        if (part.ages.from != next_age) return std::nullopt;
        next_age = part.ages.to + 1;
        sum += part.patients;
    }
    if (next_age <= oldest_age) return std::nullopt;
    return sum;
}

std::optional<Patients> published_total(const std::vector<ListSize>& bands, char sex) {
    const auto found = std::ranges::find_if(
        bands, [&](const ListSize& size) { return size.sex == sex && size.ages.all_ages(); });
    if (found == bands.end()) return std::nullopt;
    return found->patients;
}

std::optional<Patients> total_of(const std::vector<ListSize>& bands) {
    if (const auto published = published_total(bands, 'A')) return published;
    if (const auto of_bands = sum_of_partition(bands, 'A')) return of_bands;
    Patients both;
    for (const char sex : {'M', 'F'}) {
        auto one = published_total(bands, sex);
        if (!one) one = sum_of_partition(bands, sex);
        if (!one) return std::nullopt;
        both += *one;
    }
    return both;
}

Lists::Lists(const std::vector<ListSize>& sizes, const std::vector<WeightedList>& weighted) {
    for (const ListSize& size : sizes) sizes_[size.practice][size.as_at].push_back(size);
    for (const WeightedList& list : weighted) {
        weighted_[list.practice][list.as_at] = list.patients;
    }
}

std::optional<Date> Lists::day_known(PracticeCode practice, Date on) const {
    const auto* bands = latest_of(sizes_, practice, on);
    if (bands == nullptr) return std::nullopt;
    return bands->front().as_at;
}

std::optional<Patients> Lists::total(PracticeCode practice, Date on) const {
    const auto* bands = latest_of(sizes_, practice, on);
    if (bands == nullptr) return std::nullopt;
    return total_of(*bands);
}

std::vector<ListSize> Lists::bands(PracticeCode practice, Date on) const {
    const auto* bands = latest_of(sizes_, practice, on);
    return bands == nullptr ? std::vector<ListSize>() : *bands;
}

std::optional<Patients> Lists::weighted(PracticeCode practice, Date on) const {
    const auto* patients = latest_of(weighted_, practice, on);
    if (patients == nullptr) return std::nullopt;
    return *patients;
}

}  // namespace purse
