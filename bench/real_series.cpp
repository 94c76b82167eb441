#include "real_series.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "tables/delimited.hpp"

namespace purse::bench {

namespace {

Result<double> number_in(const std::string& text) {
    double value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc() || end != text.data() + text.size()) {
        return bad_input("'" + text + "' is no number");
    }
    return value;
}

struct Column {
    std::string_view heading;
    bool by_working_days;
};

// Sums (totals of elective and of planned admissions) and the parts of others are left out.
constexpr std::array<Column, 10> columns = {{
    {"Elective G&A Ordinary Admissions (FFCEs)", true},
    {"Elective G&A Daycase Admissions (FFCEs)", true},
    {"Elective G&A Planned Ordinary Admissions (FFCEs)", true},
    {"Elective G&A Planned Daycase Admissions (FFCEs)", true},
    {"Elective G&A Admissions (FFCEs) -NHS Treatment Centres (TCs)", true},
    {"Total Non-elective G&A Admissions (FFCEs)", false},
    {"GP Referrals Made (All specialties)", true},
    {"GP Referrals Seen (All specialties)", true},
    {"Other Referrals Made (G&A)", true},
    {"All 1st Outpatient Attendances (G&A)", true},
}};

}  // namespace

Result<std::vector<RealSeries>> activity_return(const std::filesystem::path& folder) {
    const auto table =
        read_table(folder / "monthly_activity_return_commissioner_england_2008_2016.csv");
    if (!table) return table.problem();
    std::vector<RealSeries> all;
    for (const Column& column : columns) {
        const auto at = table->column(column.heading);
        if (!at) return at.problem();
        RealSeries series{std::string(column.heading), Month(2008, 4), {}, column.by_working_days};
        for (const auto& row : table->rows) {
            const auto value = number_in(row.cells[*at]);
            if (!value) break;  // a column that ends before the others
            series.values.push_back(*value);
        }
        all.push_back(std::move(series));
    }
    return all;
}

Result<std::vector<RealSeries>> attendances_by_trust(const std::filesystem::path& folder) {
    const auto table = read_table(folder / "nhsrdatasets_ae_attendances.csv");
    if (!table) return table.problem();
    std::map<std::string, std::map<Month, double>> trusts;
    std::map<Month, int> months;
    for (const auto& row : table->rows) {
        if (row.cells[2] != "1") continue;
        const auto month = parse_month(row.cells[0].substr(0, 7));
        const auto value = number_in(row.cells[3]);
        if (!month) return month.problem();
        if (!value) return value.problem();
        trusts[row.cells[1]][*month] += *value;
        ++months[*month];
    }
    const Month first(2016, 4);
    std::vector<RealSeries> all;
    for (const auto& [trust, values] : trusts) {
        RealSeries series{trust, first, {}, false};
        for (const auto& [month, count] : months) {
            if (month < first || !values.contains(month)) continue;
            series.values.push_back(values.at(month));
        }
        const auto wanted = static_cast<std::size_t>(months.rbegin()->first - first + 1);
        if (series.values.size() == wanted) all.push_back(std::move(series));
    }
    return all;
}

std::vector<RealSeries> half_of(const std::vector<RealSeries>& all, Half half) {
    std::vector<RealSeries> taken;
    for (std::size_t i = half == Half::chosen_on ? 0 : 1; i < all.size(); i += 2) {
        taken.push_back(all[i]);
    }
    return taken;
}

}  // namespace purse::bench
