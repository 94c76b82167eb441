#include "benchmarking/standardised_counts.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace purse {

namespace {

// Whole patients of a list, band by band: men first, then women.
double patients_in(const ListByBand& list, std::size_t cell) {
    const std::size_t bands = list.men.size();
    const Patients patients = cell < bands ? list.men[cell] : list.women[cell - bands];
    return static_cast<double>(patients.thousandths()) / 1000;
}

// Where counts and patients of one month and measure meet, cell (sex and band) by cell.
struct Cells {
    std::vector<std::int64_t> counted;  // of all practices with lists
    std::vector<double> patients;
    [[nodiscard]] double rate(std::size_t cell) const {
        return patients[cell] > 0 ? static_cast<double>(counted[cell]) / patients[cell] : 0;
    }
};

class Standardiser {
  public:
    explicit Standardiser(const CountingInput& input)
        : input_(input), cells_(2 * input.bands.size()) {
        CHECK(input.months.size() == input.lists.size());
        made_.months = input.months;
        made_.only_in = input.only_in;
        made_.without_age_or_sex.resize(input.measures);
        made_.without_patients.resize(input.measures);
    }

    StandardisedCounts make() {
        add_practices();
        take_counts();
        expect();
        return std::move(made_);
    }

    std::vector<BandWorking> of_practice(PracticeCode practice, std::size_t measure,
                                         std::size_t from) {
        add_practices();
        take_counts();
        std::vector<BandWorking> rows(cells_);
        std::vector<double> all_counted(cells_), all_patients(cells_);
        const std::size_t bands = input_.bands.size();
        for (std::size_t cell = 0; cell < cells_; ++cell) {
            rows[cell].sex = cell < bands ? 'M' : 'F';
            rows[cell].ages = input_.bands[cell % bands];
        }
        for (std::size_t month = from; month < input_.months.size(); ++month) {
            if (!made_.is_counted(measure, input_.months[month])) continue;
            const auto list = input_.lists[month].find(practice);
            const Cells& of_all = at(measure, month);
            for (std::size_t cell = 0; cell < cells_; ++cell) {
                all_counted[cell] += static_cast<double>(of_all.counted[cell]);
                all_patients[cell] += of_all.patients[cell] / 12;
                if (list == input_.lists[month].end()) continue;
                const double patients = patients_in(list->second, cell);
                rows[cell].patient_years += patients / 12;
                rows[cell].expected += patients * of_all.rate(cell);
            }
        }
        for (const PracticeCount& count : input_.counts) {
            const auto cell = cell_of(count);
            const auto month = place_of(count.month);
            if (count.measure != measure || count.practice != practice || !cell || !month) continue;
            if (*month >= from && is_in_rate(*month, measure, *cell, practice)) {
                rows[*cell].observed += count.count;
            }
        }
        for (std::size_t cell = 0; cell < cells_; ++cell) {
            if (all_patients[cell] > 0) {
                rows[cell].reference_rate = 1000 * all_counted[cell] / all_patients[cell];
            }
        }
        return rows;
    }

  private:
    [[nodiscard]] std::optional<std::size_t> place_of(Month month) const {
        const auto found = std::ranges::find(input_.months, month);
        if (found == input_.months.end()) return std::nullopt;
        return static_cast<std::size_t>(found - input_.months.begin());
    }

    [[nodiscard]] std::optional<std::size_t> cell_of(const PracticeCount& count) const {
        if (!count.age || (count.sex != 'M' && count.sex != 'F')) return std::nullopt;
        const std::size_t band = band_of(*count.age, input_.bands);
        return count.sex == 'M' ? band : input_.bands.size() + band;
    }

    Cells& at(std::size_t measure, std::size_t month) {
        return cells_of_[measure * input_.months.size() + month];
    }

    bool is_in_rate(std::size_t month, std::size_t measure, std::size_t cell,
                    PracticeCode practice) {
        return input_.lists[month].contains(practice) && at(measure, month).patients[cell] > 0;
    }

    void add_practices() {
        std::map<PracticeCode, PracticeSeries> found;
        cells_of_.assign(input_.measures * input_.months.size(),
                         {std::vector<std::int64_t>(cells_), std::vector<double>(cells_)});
        for (std::size_t month = 0; month < input_.months.size(); ++month) {
            std::vector<double> patients(cells_);
            for (const auto& [practice, list] : input_.lists[month]) {
                PracticeSeries& series = found[practice];
                series.practice = practice;
                series.patients.resize(input_.months.size());
                for (std::size_t cell = 0; cell < cells_; ++cell) {
                    series.patients[month] += patients_in(list, cell);
                    patients[cell] += patients_in(list, cell);
                }
            }
            for (std::size_t measure = 0; measure < input_.measures; ++measure) {
                at(measure, month).patients = patients;
            }
        }
        for (auto& [practice, series] : found) {
            series.measures.assign(input_.measures, std::vector<MonthCount>(input_.months.size()));
            place_of_practice_[practice] = made_.practices.size();
            made_.practices.push_back(std::move(series));
        }
    }

    void take_counts() {
        for (const PracticeCount& count : input_.counts) {
            CHECK(count.measure < input_.measures);
            const auto month = place_of(count.month);
            if (!month || !input_.lists[*month].contains(count.practice)) continue;
            const auto cell = cell_of(count);
            if (!cell) {
                made_.without_age_or_sex[count.measure] += count.count;
                continue;
            }
            if (!is_in_rate(*month, count.measure, *cell, count.practice)) {
                made_.without_patients[count.measure] += count.count;
                continue;
            }
            at(count.measure, *month).counted[*cell] += count.count;
            made_.practices[place_of_practice_.at(count.practice)]
                .measures[count.measure][*month]
                .observed += count.count;
        }
    }

    void expect() {
        for (std::size_t month = 0; month < input_.months.size(); ++month) {
            for (const auto& [practice, list] : input_.lists[month]) {
                PracticeSeries& series = made_.practices[place_of_practice_.at(practice)];
                for (std::size_t measure = 0; measure < input_.measures; ++measure) {
                    const Cells& of_all = at(measure, month);
                    double& expected = series.measures[measure][month].expected;
                    for (std::size_t cell = 0; cell < cells_; ++cell) {
                        expected += patients_in(list, cell) * of_all.rate(cell);
                    }
                }
            }
        }
    }

    const CountingInput& input_;
    std::size_t cells_;
    std::vector<Cells> cells_of_;
    std::map<PracticeCode, std::size_t> place_of_practice_;
    StandardisedCounts made_;
};

}  // namespace

const PracticeSeries* StandardisedCounts::find(PracticeCode practice) const {
    const auto found = std::ranges::lower_bound(practices, practice, {}, &PracticeSeries::practice);
    return found == practices.end() || found->practice != practice ? nullptr : &*found;
}

bool StandardisedCounts::is_counted(std::size_t measure, Month month) const {
    const auto only = only_in.find(measure);
    return only == only_in.end() || only->second.contains(month);
}

StandardisedCounts standardise(const CountingInput& input) { return Standardiser(input).make(); }

std::vector<BandWorking> expected_by_band(const CountingInput& input, PracticeCode practice,
                                          std::size_t measure, std::size_t from) {
    return Standardiser(input).of_practice(practice, measure, from);
}

}  // namespace purse
