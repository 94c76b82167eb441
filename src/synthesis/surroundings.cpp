#include "synthesis/surroundings.hpp"

#include <fmt/format.h>

#include <fstream>

#include "tables/delimited.hpp"

namespace purse {

namespace {

constexpr std::string_view commissioner_name = "Fictional Willowmere Commissioner";

std::string age_band(int band) {
    return band == 19 ? "95+" : fmt::format("{}-{}", band * 5, band * 5 + 4);
}

std::vector<std::string> practice_cells(const World& world, const FictionalPractice& practice,
                                        std::size_t place, const SynthesisOptions& options) {
    const std::string close = practice.closes ? date_text(*practice.closes) : "";
    const auto& code = world.practices[practice.successor].code;
    // Clusters of about eight practices.
    const std::size_t network = place / 8 + 1;
    return {practice.code.text(),
            practice.name,
            practice.closes ? "C" : "A",
            "4",
            "1990-04-01",
            close,
            fmt::format("ZZ{} {}ZZ", place % 90 + 1, place % 9 + 1),
            options.commissioner.text(),
            std::string(commissioner_name),
            fmt::format("U9{:04}", network),
            fmt::format("Fictional Cluster {}", network),
            "1990-04-01",
            close,
            practice.closes ? code.text() : "",
            practice.closes ? date_text(*practice.closes + 1) : ""};
}

using ListBands = std::array<std::array<std::int64_t, 20>, 2>;

ListBands bands_on(const World& world, std::size_t place, Date day) {
    ListBands bands{};
    const PracticeCode code = world.practices[place].code;
    for (const FictionalPractice& practice : world.practices) {
        if (answering(world, practice, day) != code) continue;
        for (const FictionalPerson& person : practice.people) {
            if (!person.lives_on(day)) continue;
            const int age = age_on(person.born, day);
            ++bands[person.male ? 1 : 0][static_cast<std::size_t>(std::min(age / 5, 19))];
        }
    }
    return bands;
}

std::string lists_on(const World& world, Date day) {
    std::string text = "practice,age_band,sex,patients\n";
    for (std::size_t place = 0; place < world.practices.size(); ++place) {
        const FictionalPractice& practice = world.practices[place];
        if (answering(world, practice, day) != practice.code) continue;
        const ListBands bands = bands_on(world, place, day);
        std::int64_t all = 0;
        std::string rows;
        for (std::size_t sex = 0; sex < 2; ++sex) {
            for (std::size_t band = 0; band < 20; ++band) {
                all += bands[sex][band];
                rows += fmt::format("{},{},{},{}\n", practice.code.text(),
                                    age_band(static_cast<int>(band)), sex == 0 ? "FEMALE" : "MALE",
                                    bands[sex][band]);
            }
        }
        text += fmt::format("{},ALL,ALL,{}\n", practice.code.text(), all) + rows;
    }
    return text;
}

// What a year's records cost by line, roughly: base prices and market forces factors only.
class RoughCost {
  public:
    explicit RoughCost(const RecordSource& source) : from_(source.calibration), source_(source) {}

    void add(const Spell& spell) {
        if (spell.marks & (private_patient | outside_national_price)) return;
        const HrgMix& hrg = from_.hrgs[spell.hrg];
        const bool emergency = spell.kind == SpellKind::emergency;
        if (spell.kind == SpellKind::day_case) {
            count("day_case", hrg.day_case_pounds, spell.provider);
        } else if (spell.kind == SpellKind::elective) {
            const int over = std::max(0, spell.days() - spell.critical_care - hrg.elective_trim);
            count("elective", hrg.elective_pounds + over * hrg.per_day_pounds, spell.provider);
        } else if (spell.kind != SpellKind::regular_day) {
            const int stayed = spell.days() - spell.critical_care;
            const int over = std::max(0, stayed - hrg.non_elective_trim);
            const bool reduced = emergency && stayed < 2 && hrg.short_stay_percent > 0;
            const std::int64_t base = reduced
                                          ? hrg.non_elective_pounds * hrg.short_stay_percent / 100
                                          : hrg.non_elective_pounds + over * hrg.per_day_pounds;
            count(emergency ? "non_elective" : "maternity", base, spell.provider);
        }
    }

    void add(const Appointment& made) {
        if (made.attended != '5' || made.marks != 0) return;
        if (made.scan != Appointment::none) {
            count("diagnostics", from_.imaging_mix[made.scan].pounds, made.provider);
        }
        if (made.direct_access != Appointment::none) {
            if (const auto price = direct_access_pounds(made)) {
                count("diagnostics", *price, made.provider);
            }
            return;
        }
        if (made.procedure != Appointment::none) {
            count("outpatient_procedure", from_.procedures[made.procedure].pounds, made.provider);
            return;
        }
        if (made.first_attendance > '2') return;
        const auto& pounds = from_.treatment_functions[made.treatment_function].pounds;
        const std::size_t multi = made.multi_professional == '1' ? 0 : 1;
        if (made.first_attendance == '1') count("outpatient_first", pounds[multi], made.provider);
        if (made.first_attendance == '2') {
            count("outpatient_follow_up", pounds[2 + multi], made.provider);
        }
    }

    void add(const Attendance& came) {
        const std::string& type = from_.department_types[came.department].code;
        if (type == "04") return;
        count("ae", type == "03" ? from_.ae_type_3_pounds : from_.ae_pounds[came.hrg],
              came.provider);
    }

    // Pounds times a million.
    std::map<std::string, wide> lines;

  private:
    // Of the test that the practice asked for, beside any scan already counted.
    std::optional<std::int64_t> direct_access_pounds(const Appointment& made) const {
        if (made.direct_access < from_.direct_access.size()) {
            return from_.direct_access[made.direct_access].pounds;
        }
        if (made.scan == Appointment::none) return from_.imaging_mix.back().pounds;
        return std::nullopt;
    }

    void count(const std::string& line, std::int64_t pounds_spent, std::uint8_t provider) {
        lines[line] +=
            wide{pounds_spent} * source_.world.providers[provider].market_forces.millionths();
    }
    const Calibration& from_;
    const RecordSource& source_;
};

struct LineBasis {
    std::string_view line;
    std::vector<ExpectedLine> basis;
};

// Which expected activity each budget line is shared out by.
const std::vector<LineBasis>& line_bases() {
    using enum ExpectedLine;
    static const std::vector<LineBasis> bases = {
        {"day_case", {ExpectedLine::day_case}},
        {"elective", {elective}},
        {"non_elective", {non_elective}},
        {"maternity", {maternity}},
        {"outpatient_first", {outpatient_first}},
        {"outpatient_follow_up", {outpatient_follow_up}},
        {"outpatient_procedure", {outpatient_first, outpatient_follow_up}},
        {"diagnostics", {outpatient_first, outpatient_follow_up}},
        {"ae", {emergency_department}}};
    return bases;
}

std::int64_t basis_of(const PracticeEvents& events, std::size_t year, const LineBasis& line) {
    std::int64_t sum = 0;
    for (const ExpectedLine one : line.basis) {
        sum += events.expected[year][static_cast<std::size_t>(one)];
    }
    return sum;
}

// Practices in whose activity no story stands.
bool ordinary(const FictionalPractice& practice) {
    return !practice.refers_more && !practice.closes && !practice.redesigns_from;
}

RoughCost rough_cost(const RecordSource& source, std::size_t year) {
    RoughCost cost(source);
    const Date first = (source.world.first + static_cast<int>(year) * 12).first_day();
    const Date last = (source.world.first + static_cast<int>(year) * 12 + 11).last_day();
    const auto within = [&](Date day) { return first <= day && day <= last; };
    for (std::size_t place = 0; place < source.events.size(); ++place) {
        if (!ordinary(source.world.practices[place])) continue;
        for (const Spell& spell : source.events[place].spells) {
            if (within(spell.discharge)) cost.add(spell);
        }
        for (const Appointment& made : source.events[place].appointments) {
            if (within(made.day)) cost.add(made);
        }
        for (const Attendance& came : source.events[place].attendances) {
            if (within(came.day)) cost.add(came);
        }
    }
    return cost;
}

Pence to_hundred_pounds(std::int64_t pounds_spent) {
    return pounds(divided(pounds_spent, 100, Rounding::half_up) * 100);
}

// A budget misses the expected cost by a spread of its own.
std::int64_t with_spread(std::int64_t amount, const RecordSource& source, std::uint64_t line,
                         std::size_t place, std::size_t year) {
    Chance chance(source.options.seed, 501 + line, place * 100 + year);
    const std::int64_t spread =
        source.calibration.budget_spread * chance.normal_thousandths() / 1000;
    return divided(wide{amount} * (1000 + spread), 1000, Rounding::half_up);
}

std::int64_t prescribing_pounds(const RecordSource& source, std::size_t place) {
    const auto total = source.world.total_weight[static_cast<std::size_t>(Care::prescribing)];
    const wide pence = wide{source.calibration.items_per_head} * source.world.population *
                       source.calibration.pence_per_item * source.calibration.actual_cost;
    return divided(pence * source.world.practices[place].weight(Care::prescribing),
                   wide{total} * 1000 * 10'000 * 100, Rounding::half_up);
}

}  // namespace

void write_text(const std::filesystem::path& file, const std::string& text) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream out;
    out.exceptions(std::ios::failbit | std::ios::badbit);
    out.open(file, std::ios::binary);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    out.close();
}

void write_organisations(const World& world, const SynthesisOptions& options,
                         const std::filesystem::path& folder) {
    std::string practices =
        "code,name,status,prescribing_setting,open,close,postcode,commissioner,commissioner_name,"
        "network,network_name,from,to,successor,successor_from\n";
    for (std::size_t place = 0; place < world.practices.size(); ++place) {
        practices += csv_line(practice_cells(world, world.practices[place], place, options));
    }
    write_text(folder / "organisations" / "practices.csv", practices);
    std::string providers = "provider,name,open,close,postcode\n";
    for (const FictionalProvider& provider : world.providers) {
        providers += csv_line({provider.code.text(), provider.name, "1994-04-01", "", "ZZ99 9ZZ"});
    }
    write_text(folder / "organisations" / "providers.csv", providers);
}

void write_lists(const World& world, const std::filesystem::path& folder) {
    for (Month month = world.first; month <= world.last; month = month + 3) {
        const Date day = month.first_day();
        write_text(folder / "lists" / (date_text(day) + ".csv"), lists_on(world, day));
    }
}

std::vector<BudgetAmount> budgets_of(const RecordSource& source, std::size_t year) {
    const RoughCost cost = rough_cost(source, year);
    std::vector<BudgetAmount> budgets;
    for (std::size_t place = 0; place < source.world.practices.size(); ++place) {
        const PracticeCode code = source.world.practices[place].code;
        std::uint64_t number = 0;
        const auto add = [&](std::string_view line, std::int64_t amount) {
            const auto spread = with_spread(amount, source, number++, place, year);
            budgets.push_back({code, std::string(line), to_hundred_pounds(spread), pounds(amount)});
        };
        for (const LineBasis& line : line_bases()) {
            std::int64_t all = 0;
            for (std::size_t i = 0; i < source.events.size(); ++i) {
                if (ordinary(source.world.practices[i])) {
                    all += basis_of(source.events[i], year, line);
                }
            }
            const auto spent = cost.lines.find(std::string(line.line));
            if (all == 0 || spent == cost.lines.end()) continue;
            // Patients of nobody and of others stand in the records, not in the practice's.
            const wide ours = divided(spent->second, 1'000'000, Rounding::half_up);
            const std::int64_t share =
                divided(ours * basis_of(source.events[place], year, line) *
                            (Chance::million - source.options.faults.elsewhere),
                        wide{all} * Chance::million, Rounding::half_up);
            add(line.line, share);
        }
        add("prescribing", prescribing_pounds(source, place));
    }
    return budgets;
}

void write_budgets(const RecordSource& source, const std::filesystem::path& folder) {
    const auto years = static_cast<std::size_t>((source.world.last - source.world.first + 1) / 12);
    for (std::size_t year = 0; year < years; ++year) {
        const FinancialYear of = source.world.first.financial_year() + static_cast<int>(year);
        std::string text = "practice,year,budget_line,annual_amount\n";
        for (const BudgetAmount& budget : budgets_of(source, year)) {
            text += csv_line(
                {budget.practice.text(), to_text(of), budget.line, plain_pounds(budget.amount)});
        }
        write_text(folder / "budgets" / (as_folder(of) + ".csv"), text);
    }
}

namespace {

// The part of the population's need that the practice has, by what is expected of its patients.
std::string weight_of(Pence expected, Pence all, std::int64_t population) {
    const wide people = wide{expected.count()} * population * Factor::one;
    return to_text(Factor(divided(people, wide{all.count()}, Rounding::half_up)));
}

struct ExpectedCare {
    Pence acute, maternity, prescribing;
};

// Schemes move maternity with the acute lines or alone.
std::vector<Pence ExpectedCare::*> parts_of(std::string_view line) {
    if (line == "prescribing") return {&ExpectedCare::prescribing};
    if (line == "maternity") return {&ExpectedCare::acute, &ExpectedCare::maternity};
    return {&ExpectedCare::acute};
}

std::string weights_text(const std::vector<BudgetAmount>& budgets, std::int64_t population) {
    std::map<PracticeCode, ExpectedCare> practices;
    ExpectedCare all;
    for (const BudgetAmount& budget : budgets) {
        for (const auto part : parts_of(budget.line)) {
            practices[budget.practice].*part += budget.expected;
            all.*part += budget.expected;
        }
    }
    std::string text = "practice,general_and_acute,maternity,prescribing\n";
    for (const auto& [practice, care] : practices) {
        text += csv_line({practice.text(), weight_of(care.acute, all.acute, population),
                          weight_of(care.maternity, all.maternity, population),
                          weight_of(care.prescribing, all.prescribing, population)});
    }
    return text;
}

// A little more than is expected, to the thousand pounds: commissioners plan for some growth.
std::string allocation_text(const std::vector<BudgetAmount>& budgets) {
    std::map<std::string, Pence> lines;
    for (const BudgetAmount& budget : budgets) lines[budget.line] += budget.expected;
    std::string text = "line,pence\n";
    for (const auto& [line, expected] : lines) {
        const std::int64_t thousands =
            divided(wide{expected.count()} * 104, wide{100} * 100'000, Rounding::up);
        text += csv_line({line, std::to_string(thousands * 100'000)});
    }
    return text;
}

}  // namespace

void write_allocations(const RecordSource& source, const std::filesystem::path& folder) {
    const auto years = static_cast<std::size_t>((source.world.last - source.world.first + 1) / 12);
    for (std::size_t year = 0; year < years; ++year) {
        const FinancialYear of = source.world.first.financial_year() + static_cast<int>(year);
        const auto budgets = budgets_of(source, year);
        const std::string name = as_folder(of) + ".csv";
        write_text(folder / "allocations" / name, allocation_text(budgets));
        write_text(folder / "weights" / name, weights_text(budgets, source.world.population));
    }
}

static std::string readme_of_all(const World& world, const SynthesisOptions& options) {
    return fmt::format(
        "EVERYTHING IN THIS FOLDER IS FICTIONAL.\n\n"
        "Made by `purse synth` with seed {}: no patient, practice, hospital, doctor, price or\n"
        "budget in it is real, and no figure says anything about anybody. The prices are made up\n"
        "and pay for nothing.\n\n"
        "{} practices, {} patients, {} to {}.\n\n"
        "How to tell: practice codes begin with X9 (no practice of England, Scotland, Wales or\n"
        "Northern Ireland has an X), providers are ZX1 to ZX5, the commissioner is 9ZZ; NHS\n"
        "numbers are of the test range that begins with 999 and is given to nobody; names begin\n"
        "with \"Fictional\"; medicines are put together from syllables.\n\n"
        "organisations/  practices.csv, providers.csv\n"
        "lists/          registered patients by age band and sex, each quarter\n"
        "tariff/         a demo price list a year, in the structure of 2017/18\n"
        "budgets/        by practice and line, a file a year\n"
        "allocations/    the commissioner's money by line, a file a year\n"
        "weights/        practices' need weights, a file a year\n"
        "records/        apc, op, ae and prescribing: each month's flex and freeze, with late\n"
        "                records, corrections, duplicates and faults, as real files have\n\n"
        "Planted stories (also in stories.csv):\n",
        options.seed, world.practices.size(), world.population, to_text(world.first),
        to_text(world.last));
}

static std::string readme_of_given(const World& world, const SynthesisOptions& options) {
    return fmt::format(
        "EVERY RECORD AND BUDGET IN THIS FOLDER IS FICTIONAL.\n\n"
        "Made by `purse synth` with seed {}. The codes of {} practices, {} providers and the\n"
        "commissioner {} were given to it and may be real; nothing else is. No record is of a\n"
        "patient, and no figure says anything about those practices and hospitals.\n\n"
        "{} patients, {} to {}. NHS numbers are of the test range that begins with 999 and is\n"
        "given to nobody; medicines are put together from syllables.\n\n"
        "budgets/        by practice and line, a file a year\n"
        "allocations/    the commissioner's money by line, a file a year\n"
        "weights/        practices' need weights, a file a year\n"
        "records/        apc, op, ae and prescribing: each month's flex and freeze, with late\n"
        "                records, corrections, duplicates and faults, as real files have\n\n"
        "Planted stories (also in stories.csv):\n",
        options.seed, world.practices.size(), world.providers.size(), options.commissioner.text(),
        world.population, to_text(world.first), to_text(world.last));
}

void write_readme(const World& world, const SynthesisOptions& options,
                  const std::filesystem::path& folder) {
    std::string text = options.given_practices.empty() ? readme_of_all(world, options)
                                                       : readme_of_given(world, options);
    std::string table = "story,organisation,from,what\n";
    const auto stories = stories_of(world);
    if (stories.empty()) text += "- none\n";
    for (const Story& story : stories) {
        text += fmt::format("- {} ({}), from {}: {}\n", story.name, story.organisation, story.from,
                            story.what);
        table += csv_line({story.name, story.organisation, story.from, story.what});
    }
    write_text(folder / "README.txt", text);
    write_text(folder / "stories.csv", table);
}

}  // namespace purse
