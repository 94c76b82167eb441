#include "reports/pack.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "money/grouped.hpp"

namespace purse {

namespace {

// Consultant-to-consultant referrals are counted in outpatients.
std::optional<DataSet> source_of_pack(int pack_line) {
    if (pack_line == 5) return DataSet::outpatients;
    for (const BudgetLineName& line : budget_lines) {
        if (line.pack_line == pack_line) return source_of(line.line);
    }
    return std::nullopt;
}

// A month without records says nothing about a year.
std::int64_t months_loaded(const Statement& statement, int pack_line) {
    const auto set = source_of_pack(pack_line);
    if (!set) return 0;
    return std::ranges::count_if(statement.data, [&](const DataStatus& status) {
        return status.set == *set && status.state != DataState::none;
    });
}

std::optional<double> rate(const Figures& figures, std::int64_t patients, std::int64_t months) {
    if (patients <= 0 || months <= 0) return std::nullopt;
    return static_cast<double>(figures.activity) * 12 * 1000 /
           (static_cast<double>(patients) * static_cast<double>(months));
}

PackRates rates_of(const Statement& statement, const StatementRow& row, const RowOfAll& all,
                   const PackSetting& setting) {
    PackRates rates;
    if (!row.loaded || !row.one_kind) return rates;
    const std::int64_t months = months_loaded(statement, row.pack_line);
    rates.practice = rate(row.year_to_date, statement.list_size.value_or(0), months);
    rates.commissioner = rate(all.year_to_date, all.patients, months);
    if (const auto found = setting.national.find(row.code); found != setting.national.end()) {
        rates.national = static_cast<double>(found->second) / 1000;
    }
    return rates;
}

std::vector<const StatementRow*> with_total(const Statement& statement) {
    std::vector<const StatementRow*> rows;
    for (const StatementRow& row : statement.rows) rows.push_back(&row);
    rows.push_back(&statement.total);
    return rows;
}

// Tenths of a day.
std::string days(const Figures& figures) {
    const std::int64_t tenths =
        divided(wide{figures.bed_days} * 10, figures.activity, Rounding::half_up);
    return fmt::format("{}.{}", tenths / 10, tenths % 10);
}

}  // namespace

std::optional<Pence> PackRow::month_variance() const {
    if (!row.loaded || !month_budget) return std::nullopt;
    return row.month.cost - *month_budget;
}

const PackRow* Pack::find(std::string_view code) const {
    const auto found =
        std::ranges::find_if(rows, [&](const PackRow& one) { return one.row.code == code; });
    return found == rows.end() ? nullptr : &*found;
}

std::vector<RowOfAll> rows_of_all(std::span<const Statement> statements) {
    std::vector<RowOfAll> all;
    for (const Statement& statement : statements) {
        if (!statement.is_practice || !statement.list_size) continue;
        const auto rows = with_total(statement);
        all.resize(rows.size());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (!rows[i]->loaded) continue;
            all[i].year_to_date += rows[i]->year_to_date;
            all[i].patients += *statement.list_size;
        }
    }
    return all;
}

std::vector<PackRow> pack_rows(const Statement& statement, const Statement& last_year,
                               const Statement* before, const PackSetting& setting) {
    const auto rows = with_total(statement);
    const auto earlier = with_total(last_year);
    CHECK(rows.size() == earlier.size());
    std::vector<PackRow> made;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        PackRow one;
        one.row = *rows[i];
        if (earlier[i]->loaded) one.last_years_month = earlier[i]->month;
        if (before != nullptr && one.row.budget_to_date) {
            const StatementRow& row = i < before->rows.size() ? before->rows[i] : before->total;
            one.month_budget = *one.row.budget_to_date - row.budget_to_date.value_or(Pence(0));
        }
        if (i < setting.all.size()) {
            one.all_practices = setting.all[i].year_to_date;
            one.rates = rates_of(statement, one.row, setting.all[i], setting);
        }
        made.push_back(std::move(one));
    }
    return made;
}

std::string stay_sentence(const Pack& pack) {
    const PackRow* row = pack.find("non_elective");
    if (row == nullptr || !row->row.loaded || row->row.year_to_date.activity == 0) return {};
    std::string says = fmt::format("Mean stay of a non-elective spell, year to date: {} days",
                                   days(row->row.year_to_date));
    if (row->row.month.activity > 0) says += fmt::format("; in the month {}", days(row->row.month));
    if (row->row.last_year && row->row.last_year->activity > 0) {
        says += fmt::format("; last year {}", days(*row->row.last_year));
    }
    if (row->all_practices.activity > 0) {
        says += fmt::format("; all practices {}", days(row->all_practices));
    }
    return says + ". (Bed days divided by spells.)";
}

std::string waiting_sentence(const Pack& pack) {
    if (!pack.waiting) return {};
    const PackWaiting& waiting = *pack.waiting;
    const std::int64_t all = waiting.for_outpatients + waiting.for_admission;
    std::string says = fmt::format(
        "Waiting on {}: {} patients ({} for a first appointment, {} for an admission; {} for 18 "
        "weeks "
        "or more), about {} to come at what the commissioner's patients of their specialties cost "
        "on "
        "average this year.",
        to_text(waiting.as_at), grouped(all), grouped(waiting.for_outpatients),
        grouped(waiting.for_admission), grouped(waiting.weeks_18_and_more),
        roughly(waiting.to_come));
    if (waiting.unpriced > 0) {
        says +=
            fmt::format(" {} of them wait for a specialty without an average, and are in no cost.",
                        grouped(waiting.unpriced));
    }
    return says +
           " It is in no line above, and not added to a forecast: the months that a forecast "
           "carries "
           "on have such care in them.";
}

}  // namespace purse
