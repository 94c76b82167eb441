#include "organisation/published_row.hpp"

#include <algorithm>
#include <array>

namespace purse {

namespace {

bool is_letter_or_digit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

// 01JAN2021 as 01/01/2021; other texts as they are.
std::string month_names_to_numbers(std::string_view text) {
    static constexpr std::array<std::string_view, 12> months = {
        "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
    if (text.size() != 9) return std::string(text);
    const auto found = std::ranges::find(months, upper_case(text.substr(2, 3)));
    if (found == months.end()) return std::string(text);
    return fmt::format("{}/{:02}/{}", text.substr(0, 2), found - months.begin() + 1,
                       text.substr(5));
}

bool says_nothing(std::string_view text) {
    return text.empty() || text == "-" || text == "NULL" || text == "NA";
}

}  // namespace

std::string upper_case(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), upper);
    return out;
}

Result<Date> parse_published_date(std::string_view text) {
    auto date = parse_date(month_names_to_numbers(text));
    if (date) return date;
    return bad_input(
        fmt::format("'{}' is not a date: write it as 2017-06-30, 30/06/2017 or 20170630", text));
}

Result<std::string> parse_organisation_code(std::string_view text) {
    if (text.empty() || text.size() > 8 || !std::ranges::all_of(text, is_letter_or_digit)) {
        return bad_input(fmt::format(
            "'{}' is not an organisation code: it must be 1 to 8 letters and digits", text));
    }
    return upper_case(text);
}

const std::string& PublishedRow::text(std::optional<std::size_t> place) const {
    static const std::string nothing;
    return place && *place < row_.cells.size() ? row_.cells[*place] : nothing;
}

std::optional<Date> PublishedRow::date(std::optional<std::size_t> place) {
    const std::string& cell = text(place);
    if (says_nothing(cell)) return std::nullopt;
    const auto parsed = parse_published_date(cell);
    if (parsed) return *parsed;
    refuse(place, parsed.problem().says);
    return std::nullopt;
}

Date PublishedRow::date_required(std::size_t place) {
    const auto found = date(place);
    if (!found && good()) refuse(place, "the date is missing: give the day it began");
    return found.value_or(Date());
}

std::string PublishedRow::code_text(std::optional<std::size_t> place, bool required) {
    const std::string& cell = text(place);
    if (cell.empty() && !required) return {};
    if (cell.empty()) {
        refuse(place, "the code is missing: every row must name its organisation");
        return {};
    }
    auto parsed = parse_organisation_code(cell);
    if (parsed) return *parsed;
    refuse(place, parsed.problem().says);
    return {};
}

void PublishedRow::refuse(std::optional<std::size_t> place, std::string says) {
    if (fault_) return;
    const bool named = place && *place < table_.headings.size();
    fault_ = UnreadRow{row_.line, named ? table_.headings[*place] : "", std::move(says)};
}

void pass_over(std::vector<PassedOver>& counts, std::string_view why) {
    const auto found = std::ranges::find(counts, why, &PassedOver::why);
    if (found != counts.end()) {
        ++found->rows;
    } else {
        counts.push_back({std::string(why), 1});
    }
}

std::optional<std::size_t> place_of(const TextTable& table,
                                    std::initializer_list<std::string_view> headings) {
    for (const std::string_view heading : headings) {
        const auto place = table.column(heading);
        if (place) return *place;
    }
    return std::nullopt;
}

bool has_all(const TextTable& table, std::initializer_list<std::string_view> headings) {
    return std::ranges::all_of(headings, [&](std::string_view h) { return table.has(h); });
}

}  // namespace purse
