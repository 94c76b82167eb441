#include "intake/counted_file.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "intake/counted_row.hpp"
#include "organisation/published_row.hpp"

namespace purse {

namespace {

constexpr std::int64_t most_alike = 1'000'000;  // in one row
constexpr std::size_t longest_name = 100;       // of a specialty

void take_unread(CountedRows& read, const PublishedTable& file) {
    for (const UnreadRow& row : file.unread) {
        ++read.rows;
        ++read.rejected;
        read.faults.push_back({file.table.file, row.line, true, row.column, "", "unreadable",
                               row.says, "correct the line and send the file again"});
    }
}

// Whether the row's identifier is new; nothing is known of a row without one.
bool is_first(CountedRow& row, std::string_view field, std::set<std::string>& seen) {
    const std::string identifier = row.text(field);
    return identifier.empty() || seen.insert(identifier).second;
}

void reject_duplicate(CountedRow& row, std::string_view field) {
    row.reject(field, "duplicate", "the identifier stands on an earlier row",
               "leave the row out, or give it its own identifier", false);
}

std::string shortened(std::string text) {
    if (text.size() > longest_name) text.resize(longest_name);
    return text;
}

// In full years on the day; none, with a warning, where what stands there is no age.
std::optional<int> age_of(CountedRow& row, Date day) {
    constexpr int oldest = 130;
    std::optional<int> age;
    if (const std::string born = row.text("date_of_birth"); !born.empty()) {
        const auto date = parse_published_date(born.substr(0, born.find_first_of(" T")));
        if (date && *date <= day) age = age_on(*date, day);
    } else if (const std::string years = row.text("age"); !years.empty()) {
        const bool digits = std::ranges::all_of(years, [](char c) { return c >= '0' && c <= '9'; });
        if (digits && years.size() <= 3) age = std::stoi(years);
        if (!age || *age > oldest) {
            row.warn("age", "no_age", fmt::format("'{}' is no age in years", years),
                     "the referral is counted, and is in no standardised rate");
        }
    }
    return age && *age <= oldest ? age : std::nullopt;
}

void count_row(CountedRows& read, bool good) { ++(good ? read.accepted : read.rejected); }

template <class Count>
std::vector<Count> with_counts(const std::map<Count, std::int64_t>& counted) {
    std::vector<Count> counts;
    for (const auto& [key, count] : counted) {
        counts.push_back(key);
        counts.back().count = count;
    }
    return counts;
}

}  // namespace

std::string faults_csv(const std::vector<CountedFault>& faults) {
    std::string csv =
        csv_line({"severity", "file", "line", "column", "value", "reason", "says", "remedy"});
    for (const CountedFault& fault : faults) {
        csv +=
            csv_line({fault.rejects ? "reject" : "warning", fault.file, std::to_string(fault.line),
                      fault.column, fault.value, fault.reason, fault.says, fault.remedy});
    }
    return csv;
}

std::int64_t CountedRows::rows_passed_over() const {
    std::int64_t sum = 0;
    for (const auto& [why, count] : passed_over) sum += count;
    return sum;
}

const std::vector<std::string_view>& referral_fields() {
    static const std::vector<std::string_view> fields = {
        "referral_id", "referral_date", "practice",      "provider", "specialty",
        "priority",    "age",           "date_of_birth", "sex",      "number"};
    return fields;
}

const std::vector<std::string_view>& waiting_fields() {
    static const std::vector<std::string_view> fields = {
        "pathway_id",    "practice",      "provider", "treatment_function", "waits_for", "hrg",
        "weeks_waiting", "waiting_since", "number"};
    return fields;
}

Outcome ReferralReading::take(const PublishedTable& file, const std::string& layout) {
    const auto found = layout_for(layouts_, file.table, layout);
    if (!found) return found.problem();
    read_.layout = (*found)->name;
    take_unread(read_, file);
    for (const TextTable::Row& cells : file.table.rows) {
        ++read_.rows;
        CountedRow row(**found, file.table, cells, read_);
        const auto day = row.date("referral_date");
        if (day && Month::of(*day) != month_) {
            ++read_.passed_over[fmt::format("referred in another month than {}", in_words(month_))];
            continue;
        }
        if (row.good() && !is_first(row, "referral_id", identifiers_)) {
            if ((*found)->once_for_each_id) {
                ++read_.passed_over["further rows of a referral that is counted"];
                continue;
            }
            reject_duplicate(row, "referral_id");
        }
        ReferralCount one;
        one.month = month_;
        one.practice = PracticeCode(row.organisation("practice", true));
        one.provider = ProviderCode(row.organisation("provider", false));
        one.specialty = shortened(row.needed("specialty"));
        const auto number = row.number("number", 1, most_alike);
        if (row.good()) {
            one.priority = row.coded("priority", {"routine", "urgent", "two_week_wait"});
            const std::string sex = row.coded("sex", {"M", "F"});
            one.sex = sex.empty() ? '?' : sex.front();
            if (const auto age = age_of(row, *day)) one.age_from = first_of_band(*age);
            counted_[one] += number.value_or(1);
        }
        count_row(read_, row.good());
    }
    return Nothing{};
}

std::vector<ReferralCount> ReferralReading::counts() const { return with_counts(counted_); }

Outcome WaitingReading::take(const PublishedTable& file, const std::string& layout) {
    constexpr std::int64_t most_weeks = 1000;
    const auto found = layout_for(layouts_, file.table, layout);
    if (!found) return found.problem();
    read_.layout = (*found)->name;
    take_unread(read_, file);
    for (const TextTable::Row& cells : file.table.rows) {
        ++read_.rows;
        CountedRow row(**found, file.table, cells, read_);
        if (!is_first(row, "pathway_id", identifiers_)) reject_duplicate(row, "pathway_id");
        WaitingCount one;
        one.practice = PracticeCode(row.organisation("practice", true));
        one.provider = ProviderCode(row.organisation("provider", true));
        one.treatment_function = shortened(row.needed("treatment_function"));
        one.hrg = upper_case(shortened(row.text("hrg")));
        auto weeks = row.number("weeks_waiting", 0, most_weeks);
        if (!weeks && row.good()) {
            const auto since = row.date("waiting_since");
            if (since && *since > as_at_) {
                row.reject("waiting_since", "after_the_list", "waits from a day after the list's",
                           "correct the day, or --as-at");
            } else if (since) {
                weeks = (as_at_ - *since) / 7;
            }
        }
        const auto number = row.number("number", 1, most_alike);
        if (row.good()) {
            one.weeks_from = first_of_wait(static_cast<int>(std::min(*weeks, most_weeks)));
            one.waits_for = row.coded("waits_for", {"outpatient", "admission"});
            if (one.waits_for.empty()) one.waits_for = one.hrg.empty() ? "outpatient" : "admission";
            counted_[one] += number.value_or(1);
        }
        count_row(read_, row.good());
    }
    return Nothing{};
}

std::vector<WaitingCount> WaitingReading::counts() const { return with_counts(counted_); }

}  // namespace purse
