#include "intake/counted_row.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "intake/finding.hpp"
#include "organisation/published_row.hpp"

namespace purse {

std::optional<std::size_t> CountedRow::place(std::string_view field) const {
    const auto columns = layout_.columns.find(std::string(field));
    if (columns == layout_.columns.end()) return std::nullopt;
    std::optional<std::size_t> first;
    for (const std::string& heading : columns->second) {
        if (!table_.has(heading)) continue;
        const std::size_t at = table_.column(heading).value();
        if (!first) first = at;
        const std::string& cell = row_.cells.at(at);
        if (!cell.empty() &&
            std::ranges::find(layout_.null_values, cell) == layout_.null_values.end()) {
            return at;
        }
    }
    return first;
}

std::string CountedRow::text(std::string_view field) const {
    const auto at = place(field);
    if (!at) return {};
    const std::string& cell = row_.cells.at(*at);
    const bool null = std::ranges::find(layout_.null_values, cell) != layout_.null_values.end();
    return null ? std::string() : cell;
}

std::string CountedRow::coded(std::string_view field, const std::vector<std::string_view>& known) {
    const std::string value = text(field);
    if (value.empty()) return {};
    if (const auto codes = layout_.codes.find(std::string(field)); codes != layout_.codes.end()) {
        const auto meaning = codes->second.find(upper_case(value));
        if (meaning != codes->second.end()) return meaning->second;
    }
    for (const std::string_view one : known) {
        if (upper_case(one) == upper_case(value)) return std::string(one);
    }
    warn(field, "unknown_code", fmt::format("'{}' is no code of {}", value, field),
         fmt::format("use one of {}, or list the code in the layout", fmt::join(known, ", ")));
    return {};
}

std::string CountedRow::needed(std::string_view field) {
    std::string value = text(field);
    if (value.empty()) {
        reject(field, "missing_value", fmt::format("there is no {}", field),
               "fill it in and send the file again");
    }
    return value;
}

std::string CountedRow::organisation(std::string_view field, bool is_needed) {
    const std::string value = is_needed ? needed(field) : text(field);
    if (value.empty()) return {};
    auto code = parse_organisation_code(value);
    if (code) return *std::move(code);
    reject(field, "no_organisation", code.problem().says, "give the organisation's code");
    return {};
}

std::optional<Date> CountedRow::date(std::string_view field) {
    const std::string value = needed(field);
    if (value.empty()) return std::nullopt;
    // A time of day after the date is of no use here.
    const std::string day = value.substr(0, value.find_first_of(" T"));
    const auto date = parse_published_date(day);
    if (date) return *date;
    reject(field, "no_date", date.problem().says, "write dates as 2017-06-30");
    return std::nullopt;
}

std::optional<std::int64_t> CountedRow::number(std::string_view field, std::int64_t least,
                                               std::int64_t most) {
    const std::string value = text(field);
    if (value.empty()) return std::nullopt;
    std::int64_t number = 0;
    const auto [end, fault] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (fault == std::errc() && end == value.data() + value.size() && number >= least &&
        number <= most) {
        return number;
    }
    reject(field, "no_number",
           fmt::format("'{}' is no whole number from {} to {}", value, least, most),
           "correct it and send the file again");
    return std::nullopt;
}

void CountedRow::reject(std::string_view field, std::string reason, std::string says,
                        std::string remedy, bool show_value) {
    if (good_) {
        add(true, field, std::move(reason), std::move(says), std::move(remedy), show_value);
    }
    good_ = false;
}

void CountedRow::warn(std::string_view field, std::string reason, std::string says,
                      std::string remedy) {
    add(false, field, std::move(reason), std::move(says), std::move(remedy), true);
}

void CountedRow::add(bool rejects, std::string_view field, std::string reason, std::string says,
                     std::string remedy, bool show_value) {
    CountedFault fault;
    fault.file = table_.file;
    fault.line = row_.line;
    fault.rejects = rejects;
    const auto at = place(field);
    fault.column = at ? table_.headings.at(*at) : std::string(field);
    if (at) fault.value = show_value ? row_.cells.at(*at) : std::string(hidden_value);
    fault.reason = std::move(reason);
    fault.says = std::move(says);
    fault.remedy = std::move(remedy);
    read_.faults.push_back(std::move(fault));
}

}  // namespace purse
