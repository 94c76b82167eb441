#include "synthesis/calibration.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <cmath>
#include <string_view>

namespace purse {

namespace {

// Reads named entries of one file; a missing or misshapen one throws Problem, caught at the door
// below, so that the reading stays a list of names.
class Entries {
  public:
    explicit Entries(const std::filesystem::path& file)
        : file_(file.string()), table_(toml::parse_file(file.string())) {}

    [[nodiscard]] const toml::array& list(std::string_view path) const {
        const toml::array* found = table_.at_path(path).as_array();
        if (found == nullptr || found->empty()) missing(path);
        return *found;
    }
    // A number times `scale`, to the nearest whole.
    [[nodiscard]] std::int64_t number(std::string_view path, double scale = 1) const {
        return scaled(table_.at_path(path).node(), path, scale);
    }
    [[nodiscard]] std::int64_t percent(std::string_view path) const { return number(path, 10'000); }
    [[nodiscard]] std::vector<std::int64_t> numbers(std::string_view path) const {
        std::vector<std::int64_t> read;
        for (const toml::node& node : list(path)) read.push_back(scaled(&node, path, 1));
        return read;
    }
    template <std::size_t count>
    void fill(std::string_view path, std::array<std::int64_t, count>& into) const {
        const auto read = numbers(path);
        if (read.size() != count) missing(path);
        std::copy(read.begin(), read.end(), into.begin());
    }
    [[nodiscard]] std::vector<ChosenCode> codes(std::string_view path) const;

    // One row of a list of lists, read from left to right.
    class Row {
      public:
        Row(const Entries& entries, std::string_view path, const toml::node& node)
            : entries_(entries), path_(path), cells_(node.as_array()) {
            if (cells_ == nullptr) entries_.missing(path_);
        }
        std::string text() { return next().value<std::string>().value_or(""); }
        std::int64_t number(double scale = 1) { return entries_.scaled(&next(), path_, scale); }
        int small() { return static_cast<int>(number()); }
        char letter() {
            const std::string read = text();
            return read.empty() ? ' ' : read.front();
        }

      private:
        const toml::node& next() {
            if (place_ >= cells_->size()) entries_.missing(path_);
            return (*cells_)[place_++];
        }
        const Entries& entries_;
        std::string_view path_;
        const toml::array* cells_;
        std::size_t place_ = 0;
    };
    template <class Value, class Read>
    void rows(std::string_view path, std::vector<Value>& into, Read read) const {
        for (const toml::node& node : list(path)) {
            Row row(*this, path, node);
            into.push_back(read(row));
        }
    }

  private:
    [[noreturn]] void missing(std::string_view path) const {
        throw bad_input(fmt::format(
            "{}: '{}' is missing or has not the shape it should have; restore the file from the "
            "installation",
            file_, path));
    }
    [[nodiscard]] std::int64_t scaled(const toml::node* node, std::string_view path,
                                      double scale) const {
        const auto read = node == nullptr ? std::nullopt : node->value<double>();
        if (!read) missing(path);
        return std::llround(*read * scale);
    }
    std::string file_;
    toml::table table_;
};

std::vector<ChosenCode> Entries::codes(std::string_view path) const {
    std::vector<ChosenCode> read;
    rows(path, read, [](Row& row) {
        ChosenCode code;
        code.code = row.text();
        code.weight = row.number();
        return code;
    });
    return read;
}

void read_rates(const Entries& from, Calibration& into) {
    into.emergency_rate = from.number("rates.emergency", 1000);
    into.day_case_rate = from.number("rates.day_case", 1000);
    into.elective_rate = from.number("rates.ordinary_elective", 1000);
    into.antenatal_rate = from.number("rates.antenatal", 1000);
    into.appointment_rate = from.number("rates.appointments", 1000);
    into.ae_rate = from.number("rates.ae", 1000);
    into.ae_admitted = from.percent("rates.ae_admitted_percent");
    into.yearly_growth = from.percent("rates.yearly_growth_percent");
    into.attended = from.percent("outpatients.attended_percent");
    into.did_not_attend = from.percent("outpatients.did_not_attend_percent");
    into.follow_ups_per_first = from.number("outpatients.follow_ups_per_first", 1000);
    into.procedure = from.percent("outpatients.procedure_percent");
    into.imaging = from.percent("outpatients.imaging_percent");
    into.direct_access_share = from.percent("outpatients.direct_access_percent");
    into.multi_professional = from.percent("outpatients.multi_professional_percent");
    into.telephone = from.percent("outpatients.telephone_percent");
    into.referral_sources = from.codes("outpatients.referral_source");
    from.fill("seasons.elective", into.elective_season);
    from.fill("seasons.emergency", into.emergency_season);
    from.fill("seasons.outpatients", into.outpatient_season);
    from.fill("seasons.ae", into.ae_season);
    from.fill("seasons.respiratory", into.respiratory_season);
    from.fill("seasons.prescribing", into.prescribing_season);
}

void read_people(const Entries& from, Calibration& into) {
    from.fill("people.least_age", into.least_age);
    const auto both = [&](const std::string& name, std::array<ByBand, 2>& bands) {
        from.fill("people." + name + "_female", bands[0]);
        from.fill("people." + name + "_male", bands[1]);
    };
    both("population", into.population);
    both("emergency", into.emergency_by_age);
    both("elective", into.elective_by_age);
    both("outpatient", into.outpatient_by_age);
    both("ae", into.ae_by_age);
    both("prescribing", into.prescribing_by_age);
    from.fill("people.deprivation_emergency", into.deprivation_emergency);
    from.fill("people.deprivation_elective", into.deprivation_elective);
    from.fill("people.deprivation_outpatient", into.deprivation_outpatient);
    into.use_sixteenths = from.numbers("people.use_sixteenths");
    into.list_size_twentieths = from.numbers("practices.list_size_twentieths");
    into.provider_shares = from.numbers("practices.provider_shares");
    into.use_spread = from.number("practices.use_spread_percent", 10);
    into.budget_spread = from.number("practices.budget_spread_percent", 10);
}

void read_spells(const Entries& from, Calibration& into) {
    into.emergency_methods = from.codes("spells.emergency_methods");
    into.elective_methods = from.codes("spells.elective_methods");
    into.short_stay_scale = from.number("spells.short_stay_scale_percent");
    into.zero_days_of_short = from.percent("spells.zero_days_of_short_percent");
    into.readmission = from.percent("spells.readmission_percent");
    into.several_episodes = from.percent("spells.several_episodes_percent");
    into.private_patients = from.percent("spells.private_percent");
    into.amenity = from.percent("spells.amenity_percent");
    into.outside_national_price = from.percent("spells.outside_national_price_percent");
    into.critical_care = from.percent("spells.critical_care_percent");
    into.rehabilitation = from.percent("spells.rehabilitation_percent");
    into.palliative = from.percent("spells.palliative_percent");
    into.delayed = from.percent("spells.delayed_percent");
    into.best_practice_share = from.percent("spells.best_practice_percent");
    into.specialised_share = from.percent("spells.specialised_percent");
    into.regular_day = from.percent("spells.regular_day_percent");
    into.stay_32nds = from.numbers("spells.stay_32nds");
}

void read_emergency(const Entries& from, Calibration& into) {
    for (const toml::node& node : from.list("ae.hrgs")) {
        into.ae_hrgs.push_back(node.value<std::string>().value_or(""));
    }
    into.ae_admitted_mix = from.numbers("ae.type_1_admitted");
    into.ae_type_1_mix = from.numbers("ae.type_1_sent_home");
    into.ae_type_3_mix = from.numbers("ae.type_3_sent_home");
    into.ae_pounds = from.numbers("ae.prices");
    into.ae_type_3_pounds = from.number("ae.type_3_price");
    into.department_types = from.codes("ae.department_types");
    into.disposals = from.codes("ae.disposals");
}

void read_prescribing(const Entries& from, Calibration& into) {
    into.items_per_head = from.number("prescribing.items_per_head_per_year", 1000);
    into.pence_per_item = from.number("prescribing.pence_per_item");
    into.presentations = from.number("prescribing.presentations");
    into.actual_cost = from.number("prescribing.actual_cost_ten_thousandths");
    from.rows("prescribing.chapters", into.chapters, [](Entries::Row& row) {
        ChapterMix mix;
        mix.chapter = row.text();
        mix.rows = row.number();
        mix.items = row.number();
        mix.pence_per_item = row.number();
        mix.quantity_per_item = row.number();
        return mix;
    });
}

TreatmentFunctionMix read_treatment_function(Entries::Row& row) {
    TreatmentFunctionMix mix;
    mix.code = row.text();
    mix.name = row.text();
    mix.share = row.number();
    for (std::int64_t& price : mix.pounds) price = row.number();
    mix.least_age = row.small();
    mix.most_age = row.small();
    mix.sex = row.letter();
    return mix;
}

BestPracticeMix read_best_practice(Entries::Row& row) {
    BestPracticeMix mix;
    mix.hrg = row.text();
    mix.section = row.text();
    mix.flag = row.text();
    mix.day_case_pounds = row.number();
    mix.elective_pounds = row.number();
    mix.non_elective_pounds = row.number();
    mix.most_stay_days = row.small();
    return mix;
}

ScanMix read_scan(Entries::Row& row, bool with_share) {
    ScanMix mix;
    mix.code = row.text();
    mix.name = row.text();
    mix.share = with_share ? row.number() : 1;
    mix.pounds = row.number();
    return mix;
}

ProviderMix read_provider(Entries::Row& row) {
    ProviderMix mix;
    mix.code = row.text();
    mix.name = row.text();
    mix.market_forces = parse_factor(row.text()).value_or(Factor{});
    return mix;
}

void read_prices(const Entries& from, Calibration& into) {
    from.rows("prices.treatment_functions", into.treatment_functions, read_treatment_function);
    from.rows("prices.procedures", into.procedures, [](Entries::Row& row) {
        ProcedureMix mix;
        mix.code = row.text();
        mix.name = row.text();
        mix.share = row.number();
        mix.pounds = row.number();
        mix.treatment_function = row.text();
        return mix;
    });
    from.rows("prices.imaging", into.imaging_mix,
              [](Entries::Row& row) { return read_scan(row, true); });
    from.rows("prices.direct_access", into.direct_access,
              [](Entries::Row& row) { return read_scan(row, false); });
    from.rows("prices.yearly_uplift_percent", into.uplifts, [](Entries::Row& row) {
        UpliftMix mix;
        mix.year = std::stoi(row.text());
        mix.millionths = row.number(10'000);
        return mix;
    });
    from.rows("prices.best_practice", into.best_practice, read_best_practice);
    from.rows("prices.specialised", into.specialised, [](Entries::Row& row) {
        SpecialisedMix mix;
        mix.flag = row.text();
        mix.description = row.text();
        mix.percent_millionths = row.number(10'000);
        return mix;
    });
    from.rows("prices.providers", into.providers, read_provider);
}

HrgGroup group_named(std::string_view name) {
    constexpr std::array<std::string_view, 7> names = {
        "", "respiratory_heart", "maternity", "newborn", "antenatal", "chemotherapy", "ungrouped"};
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] == name) return static_cast<HrgGroup>(i);
    }
    return HrgGroup::ordinary;
}

AgeLean lean_named(std::string_view name) {
    return name == "young" ? AgeLean::young : name == "old" ? AgeLean::old : AgeLean::any;
}

HrgMix read_hrg(Entries::Row& row) {
    HrgMix mix;
    mix.code = row.text();
    mix.name = row.text();
    mix.day_cases = row.number();
    mix.electives = row.number();
    mix.short_emergencies = row.number();
    mix.long_emergencies = row.number();
    mix.elective_trim = row.small();
    mix.non_elective_trim = row.small();
    mix.per_day_pounds = row.number();
    mix.short_stay_percent = row.number();
    mix.day_case_pounds = row.number();
    mix.elective_pounds = row.number();
    mix.non_elective_pounds = row.number();
    mix.split = row.number() != 0;
    mix.least_age = row.small();
    mix.most_age = row.small();
    mix.sex = row.letter();
    mix.lean = lean_named(row.text());
    mix.treatment_function = row.text();
    mix.diagnosis = row.text();
    mix.procedure = row.text();
    mix.group = group_named(row.text());
    return mix;
}

}  // namespace

std::size_t Calibration::band_of(int age) const {
    std::size_t band = age_bands - 1;
    while (band > 0 && age < least_age[band]) --band;
    return band;
}

Result<Calibration> read_calibration(const std::filesystem::path& rules_folder) {
    const auto folder = rules_folder / "synthesis";
    try {
        Calibration read;
        const Entries rates(folder / "calibration.toml");
        read_rates(rates, read);
        read_people(rates, read);
        read_spells(rates, read);
        read_emergency(rates, read);
        read_prescribing(rates, read);
        read_prices(rates, read);
        const Entries hrgs(folder / "hrgs.toml");
        hrgs.rows("hrgs", read.hrgs, read_hrg);
        return read;
    } catch (const toml::parse_error& fault) {
        return bad_input(fmt::format("{}, line {}: {}", (folder / "*.toml").string(),
                                     fault.source().begin.line, fault.description()));
    } catch (const Problem& problem) {
        return problem;
    }
}

}  // namespace purse
