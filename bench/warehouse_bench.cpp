// Pricing inside the scan, the cube and the load, measured beside plain SQL: one run, one table.
// The records are generated, the same for the same number of rows.
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <thread>

#include "rulebook/tariff_files.hpp"
#include "synthesis/bench_records.hpp"
#include "warehouse/charge_function.hpp"
#include "warehouse/loading.hpp"
#include "warehouse/priced_month.hpp"

namespace purse {

namespace {

struct Settings {
    std::int64_t rows = 20'000'000;
    std::string tariff_folder;
    std::string rules_folder = "rules";
    std::string work_folder = "build/bench";
    int threads = 2;
    int repeats = 2;
};

double seconds(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double best_of(int repeats, const std::function<void()>& work) {
    double best = seconds(work);
    for (int i = 1; i < repeats; ++i) best = std::min(best, seconds(work));
    return best;
}

template <class T>
T required(Result<T> result) {
    if (result.ok()) return std::move(result).value();
    fmt::print(stderr, "{}\n", result.problem().says);
    std::exit(1);
}

// The demonstration's price list: prices, trim points and short-stay prices by simple rules.
Tariff made_up_tariff() {
    Tariff tariff;
    tariff.year = FinancialYear(2017);
    tariff.label = "made-up prices for measuring";
    for (int i = 0; i < 1200; ++i) {
        AdmittedPrice price;
        price.combined = pounds(300 + i * 7 % 6000);
        price.elective_trim_days = 5 + i % 40;
        price.non_elective = pounds(500 + i * 11 % 8000);
        price.non_elective_trim_days = 6 + i % 60;
        price.long_stay_per_day = pounds(180 + i % 90);
        price.short_stay_applies = i % 2 == 0;
        if (i % 2 == 0) price.short_stay_emergency = pounds(200 + i * 3 % 2500);
        const std::string code = fmt::format("{}{}{:02}{}", static_cast<char>('A' + i / 100),
                                             static_cast<char>('A' + i % 7), i % 100, "Z");
        tariff.admitted[Hrg(code)] = price;
    }
    for (int i = 0; i < 150; ++i) {
        tariff.market_forces[ProviderCode(fmt::format("R{:02}", i % 100) + (i < 100 ? "" : "X"))]
            .factor = Factor(1'000'000 + i * 1987);
    }
    for (int i = 0; i < 20; ++i) {
        tariff.top_up_flags.push_back({.flag = fmt::format("NCBPS{:02}Z", i),
                                       .description = "",
                                       .rate = Factor(100'000 + i * 31'000),
                                       .source = {}});
    }
    return tariff;
}

// Best practice prices and top-ups by code lists are left out on both sides: the SQL would need
// list searches that no analyst writes.
Tariff tariff_for(const Settings& settings) {
    if (settings.tariff_folder.empty()) return made_up_tariff();
    Tariff tariff =
        required(read_tariff_folder(settings.tariff_folder, FinancialYear(2017))).tariff;
    tariff.best_practice.clear();
    tariff.top_up_codes.clear();
    return tariff;
}

std::string rows_sql(const std::vector<std::string>& rows) {
    return fmt::format("(values {})", fmt::join(rows, ", "));
}

std::string number_or_null(const std::optional<Pence>& price) {
    return price ? std::to_string(price->count()) : "null";
}
std::string number_or_null(const std::optional<int>& days) {
    return days ? std::to_string(*days) : "null";
}

// The price list as tables of SQL, as an analyst would load it.
void fill_price_tables(Database& database, const PriceBook& book) {
    const Tariff& tariff = book.tariff();
    std::vector<std::string> prices;
    const auto& zero = book.rules().zero_priced_hrgs;
    for (const auto& [hrg, price] : tariff.admitted) {
        if (std::ranges::find(zero, hrg.text()) != zero.end()) continue;
        const auto& day_case = price.day_case ? price.day_case : price.combined;
        const auto& elective = price.elective ? price.elective : price.combined;
        prices.push_back(fmt::format(
            "({}, {}::bigint, {}::bigint, {}::bigint, {}::bigint, {}::bigint, {}::bigint, "
            "{}::bigint)",
            sql_text(hrg.text()), number_or_null(day_case), number_or_null(elective),
            number_or_null(price.non_elective), number_or_null(price.elective_trim_days),
            number_or_null(price.non_elective_trim_days), number_or_null(price.long_stay_per_day),
            price.short_stay_applies ? number_or_null(price.short_stay_emergency) : "null"));
    }
    database.run(
        "load prices",
        "create table price as select * from " + rows_sql(prices) +
            " t(price_hrg, day_case, elective, non_elective, elective_trim, non_elective_trim, "
            "per_day, short_stay)");
    std::vector<std::string> factors;
    for (const auto& [provider, factor] : tariff.market_forces) {
        factors.push_back(
            fmt::format("({}, {}::bigint)", sql_text(provider.text()), factor.factor.millionths()));
    }
    database.run("load factors", "create table factor as select * from " + rows_sql(factors) +
                                     " t(factor_provider, mff)");
    std::vector<std::string> methods;
    for (const AdmissionMethodRule& rule : book.rules().admission_methods) {
        methods.push_back(
            fmt::format("({}, {})", sql_text(rule.method), sql_text(to_text(rule.type))));
    }
    database.run("load methods", "create table method as select * from " + rows_sql(methods) +
                                     " t(method_code, method_type)");
    std::vector<std::string> flags = {"('', 0::bigint)"};
    for (const TopUpFlag& flag : tariff.top_up_flags) {
        flags.push_back(
            fmt::format("({}, {}::bigint)", sql_text(flag.flag), flag.rate.millionths()));
    }
    database.run("load top-ups",
                 "create table top_up as select * from " + rows_sql(flags) + " t(flag, rate)");
}

std::string exclusion_sql(const PricingRules& rules) {
    std::vector<std::string> conditions = {"false"};
    for (const ExclusionRule& rule : rules.exclusions) {
        if (std::ranges::find(rule.data_sets, DataSet::admitted_care) == rule.data_sets.end()) {
            continue;
        }
        if (rule.field == "excluded_by_provider") {
            conditions.push_back("coalesce(excluded_by_provider, false)");
            continue;
        }
        std::vector<std::string> exact;
        for (const std::string& code : rule.codes) {
            if (code.ends_with('*')) {
                conditions.push_back(fmt::format("coalesce(starts_with({}, {}), false)", rule.field,
                                                 sql_text(code.substr(0, code.size() - 1))));
            } else {
                exact.push_back(sql_text(code));
            }
        }
        if (!exact.empty()) {
            conditions.push_back(
                fmt::format("coalesce({} in ({}), false)", rule.field, fmt::join(exact, ", ")));
        }
        if (rule.when_absent) conditions.push_back(rule.field + " is null");
    }
    return fmt::format("{}", fmt::join(conditions, " or "));
}

// The same rules as PriceBook::price_spells, in whole numbers: joins, CASE and one rounding.
std::string plain_sql(const PriceBook& book, const std::string& scan) {
    const PricingRules& rules = book.rules();
    return fmt::format(
        "with record as (select r.*, p.* exclude (price_hrg), f.mff, coalesce(t.rate, 0) as rate, "
        "greatest(date_diff('day', admission_date, discharge_date) - "
        "coalesce(critical_care_days, 0) - coalesce(rehabilitation_days, 0) - "
        "coalesce(palliative_days, 0), 0) as days, "
        "case when patient_classification in ('3', '4') then 'regular' "
        "when patient_classification = '2' and coalesce(method_type, '') not like 'non_elective%' "
        "then 'day_case' else coalesce(method_type, 'other') end as type, "
        "({exclusions}) as excluded from {scan} r left join price p on p.price_hrg = r.hrg "
        "left join factor f on f.factor_provider = r.provider "
        "left join method m on m.method_code = r.admission_method "
        "left join top_up t on t.flag = r.specialised_flags), "
        "based as (select *, case type when 'day_case' then day_case when 'elective' then elective "
        "when 'non_elective_emergency' then non_elective "
        "when 'non_elective_other' then non_elective end as base, "
        "case when type in ('day_case', 'elective') then elective_trim else non_elective_trim end "
        "as trim from record where not excluded), "
        "chosen as (select *, case when type = 'non_elective_emergency' and days < {under} and "
        "age >= {adult} and short_stay is not null then short_stay else base end as initial, "
        "case when trim is not null and days > trim then (days - trim) * coalesce(per_day, 0) "
        "else 0 end as excess from based where base is not null and mff is not null) "
        "select sum(case when rate = 0 then ((initial + excess) * mff + 500000) // 1000000 else "
        "(((initial + excess)::hugeint * 1000000 + initial::hugeint * rate) * mff + 500000000000) "
        "// 1000000000000 end) from chosen",
        fmt::arg("exclusions", exclusion_sql(rules)), fmt::arg("scan", scan),
        fmt::arg("under", rules.short_stay_under_days),
        fmt::arg("adult", rules.short_stay_least_age));
}

// Spells of a made-up hospital mix: 55% elective (most of them day cases), 45% emergency, stays
// with a long tail, a fifth of the HRGs carrying most of the activity, rare exclusions and top-ups.
void generate(Database& database, const PriceBook& book, std::int64_t rows,
              const std::filesystem::path& out) {
    std::vector<std::string> hrgs;
    for (const auto& [hrg, price] : book.tariff().admitted) {
        if (price.combined || price.non_elective) hrgs.push_back(sql_text(hrg.text()));
    }
    std::vector<std::string> providers;
    for (const auto& [provider, factor] : book.tariff().market_forces) {
        if (providers.size() < 40) providers.push_back(sql_text(provider.text()));
    }
    std::vector<std::string> flags;
    for (const TopUpFlag& flag : book.tariff().top_up_flags) flags.push_back(sql_text(flag.flag));
    if (flags.empty()) flags.emplace_back("''");
    const auto draw = [](int salt, std::int64_t bound) {
        return fmt::format("(hash(i, {}) % {})::bigint", salt, bound);
    };
    const auto pick = [&draw](int salt, const std::vector<std::string>& from) {
        return fmt::format("list_extract([{}], {} + 1)", fmt::join(from, ", "),
                           draw(salt, static_cast<std::int64_t>(from.size())));
    };
    const auto quoted = [](std::vector<std::string> codes) {
        for (std::string& code : codes) code = sql_text(code);
        return codes;
    };
    const std::vector<std::string> specialties =
        quoted({"100", "101", "110", "120", "130", "140", "150", "160", "170", "171",
                "180", "190", "300", "301", "302", "303", "310", "311", "314", "315",
                "320", "330", "340", "350", "360", "361", "370", "400", "410", "430"});
    const std::vector<std::string> functions =
        quoted({"100", "101", "103", "104", "106", "107", "108", "110", "120", "130",
                "140", "150", "160", "170", "171", "180", "190", "191", "300", "301",
                "302", "303", "306", "307", "314", "315", "320", "330", "340", "350"});
    std::string columns;
    const auto column = [&columns](std::string_view name, const std::string& sql) {
        columns += (columns.empty() ? "" : ", ") + fmt::format("{} as {}", sql, name);
    };
    const std::map<std::string, std::string, std::less<>> made = {
        {"record_id", "(100000000000 + i)::varchar"},
        {"spell_id", "'S' || (100000000000 + i)::varchar"},
        {"line", "i + 2"},
        {"costing_date", "discharged"},
        {"patient", "null::uuid"},
        {"practice", fmt::format("'A8' || (1001 + {} * 3)::varchar", draw(1, 60))},
        {"provider", pick(2, providers)},
        {"commissioner", "'5D9'"},
        {"sex", fmt::format("(1 + {})::varchar", draw(3, 2))},
        {"age", draw(4, 100)},
        {"admission_date", "admitted"},
        {"discharge_date", "discharged"},
        {"episodes", "1::bigint"},
        {"admission_method", "method"},
        {"patient_classification", "case when day_case then '2' else '1' end"},
        {"administrative_category",
         fmt::format("case when {} = 0 then '02' else '01' end", draw(5, 80))},
        {"discharge_method", "'1'"},
        {"main_specialty", pick(6, specialties)},
        {"treatment_function", pick(7, functions)},
        {"hrg", fmt::format("case when {} < 80 then {} else {} end", draw(8, 100),
                            pick(9, {hrgs.begin(), hrgs.begin() + static_cast<std::ptrdiff_t>(
                                                                      hrgs.size() / 5 + 1)}),
                            pick(10, hrgs))},
        {"critical_care_days", fmt::format("case when {} = 0 then 2 end::bigint", draw(11, 50))},
        {"excluded_by_provider", fmt::format("{} = 0", draw(12, 200))},
        {"specialised_flags",
         fmt::format("case when {} = 0 then {} end", draw(13, 40), pick(14, flags))},
        {"diagnoses", fmt::format("'I' || {}::varchar || ';E119'", draw(15, 900))},
    };
    for (const StoredColumn& stored : stored_columns(DataSet::admitted_care)) {
        const auto found = made.find(stored.name);
        const std::string type = stored.type == ColumnType::text     ? "varchar"
                                 : stored.type == ColumnType::number ? "bigint"
                                                                     : "boolean";
        column(stored.name, found != made.end() ? found->second : "null::" + type);
    }
    database.run("generate records",
                 fmt::format("copy (select {} from (select *, admitted + stay as discharged from "
                             "(select i, date '2017-06-01' + ({})::integer as admitted, "
                             "{} < 40 as day_case, case when {} < 40 or {} < 25 then '11' else "
                             "'21' end as method, case when {} < 40 then 0 else "
                             "least({}, {} * {} // 20) end::integer as stay from range({}) t(i)))) "
                             "to {} (format parquet)",
                             columns, draw(20, 30), draw(21, 100), draw(21, 100), draw(22, 100),
                             draw(21, 100), draw(23, 12), draw(24, 60), draw(25, 60), rows,
                             sql_text(out.string())));
}

void print_row(const std::string& what, double took, std::int64_t rows, const std::string& beside) {
    fmt::print("{:<58} {:>8.2f} s {:>8.2f} M/s   {}\n", what, took,
               static_cast<double>(rows) / took / 1e6, beside);
}

std::int64_t plain_doubles(Database& database, const std::string& scan) {
    return database.number(
        "price in doubles",
        "select sum(round(price * mff / 100.0, 2) * 100)::bigint from (select p.elective::double "
        "as price, f.mff / 1000000.0 as mff from " +
            scan +
            " r join price p on p.price_hrg = r.hrg join factor f on f.factor_provider = "
            "r.provider "
            "where p.elective is not null)");
}
std::int64_t whole_pence(Database& database, const std::string& scan) {
    return database.number("price in whole pence",
                           "select sum((p.elective * f.mff + 500000) // 1000000)::bigint from " +
                               scan +
                               " r join price p on p.price_hrg = r.hrg join factor f on "
                               "f.factor_provider = r.provider "
                               "where p.elective is not null");
}

bool pricing_against_sql(Database& database, const PriceBook& book, const Settings& settings,
                         const std::string& scan) {
    fill_price_tables(database, book);
    register_charges(database, "purse_price", DataSet::admitted_care, book, nullptr);
    std::int64_t ours = 0;
    std::int64_t theirs = 0;
    const double inside = best_of(settings.repeats, [&] {
        ours = database.number(
            "price inside the scan",
            fmt::format("select sum(c.final_price_pence) from (select {} as c "
                        "from {})",
                        charge_call("purse_price", DataSet::admitted_care, book, false), scan));
    });
    const double sql = best_of(
        settings.repeats, [&] { theirs = database.number("price in SQL", plain_sql(book, scan)); });
    print_row("(a) Parquet: pricing inside the scan, summed", inside, settings.rows, "");
    print_row("(a) Parquet: the same rules as plain SQL", sql, settings.rows,
              fmt::format("{:.1f} times ours", sql / inside));
    fmt::print("    totals: ours {} pence, SQL {} pence: {}\n", ours, theirs,
               ours == theirs ? "the same" : "DIFFERENT");
    const std::int64_t exact = whole_pence(database, scan);
    fmt::print("    price x factor in DuckDB's doubles: {} pence off {}\n",
               plain_doubles(database, scan) - exact, exact);
    return ours == theirs;
}

void priced_cube(const PriceBook& book, const Settings& settings, const DatabaseLimits& limits,
                 const std::filesystem::path& records) {
    std::vector<Practice> practices;
    std::vector<Membership> memberships;
    for (int i = 0; i < 60; ++i) {
        const PracticeCode code(fmt::format("A8{}", 1001 + 3 * i));
        practices.push_back({.code = code, .name = "", .status = 'A'});
        memberships.push_back({.practice = code, .parent = "5D9"});
    }
    AffiliationRules rules;
    rules.ours = {CommissionerCode("5D9")};
    const Affiliations affiliations(rules, practices, memberships, {});
    const std::filesystem::path folder = settings.work_folder;
    const std::vector<BatchToPrice> batches = {
        {.set = DataSet::admitted_care, .records = records, .number = 1, .book = &book}};
    const double cube = best_of(settings.repeats, [&] {
        (void)required(
            write_priced_month(batches, affiliations, {{}, folder / "cube.parquet"}, limits));
    });
    const std::size_t cells = required(read_cube(folder / "cube.parquet")).size();
    print_row("(b) Parquet -> priced cube", cube, settings.rows, fmt::format("{} cells", cells));
    const double charges = seconds([&] {
        (void)required(write_priced_month(
            batches, affiliations, {folder / "charges.parquet", folder / "cube.parquet"}, limits));
    });
    print_row("(b) Parquet -> priced cube and charges", charges, settings.rows, "");
}

double processor_seconds() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto of = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return of(usage.ru_utime) + of(usage.ru_stime);
}

// How many programs want a processor: other work on the machine lengthens the wall's seconds.
std::string load_average() {
    double load = 0;
    return ::getloadavg(&load, 1) == 1 ? fmt::format("{:.1f}", load) : "?";
}

// 25 columns of the plain layout.
void write_plain_csv(const Settings& settings, const PriceBook& book,
                     const std::filesystem::path& csv) {
    const std::filesystem::path folder = settings.work_folder;
    const std::filesystem::path records = folder / "to-load.parquet";
    Database database({.threads = settings.threads, .spill_folder = folder / "spill"});
    generate(database, book, settings.rows, records);
    database.run("write CSV",
                 fmt::format("copy (select record_id, '9434765919' as nhs_number, practice, "
                             "provider, commissioner, sex, age, admission_date, discharge_date, "
                             "admission_method, patient_classification, administrative_category, "
                             "discharge_method, main_specialty, treatment_function, hrg, "
                             "critical_care_days, rehabilitation_days, palliative_days, "
                             "delayed_discharge_days, excluded_by_provider, specialised_flags, "
                             "diagnoses, procedures, referrer from read_parquet({})) "
                             "to {} (format csv)",
                             sql_path_to_read(records), sql_text(csv.string())));
    std::filesystem::remove(records);
}

void load_csv(const Settings& settings, const std::filesystem::path& csv, const std::string& layout,
              std::string_view what) {
    const IntakeContext context{.set = DataSet::admitted_care,
                                .key = PseudonymKey::from_phrase("measuring"),
                                .rules = required(read_validation_rules(settings.rules_folder))};
    const std::filesystem::path folder = settings.work_folder;
    LoadSummary summary;
    const double busy_before = processor_seconds();
    const double took = seconds([&] {
        summary =
            required(load_file({.read = {.file = csv,
                                         .layouts = required(read_layouts(settings.rules_folder)),
                                         .layout = layout,
                                         .context = context,
                                         .staging_folder = settings.work_folder,
                                         .threads = settings.threads},
                                .records_out = folder / "load.parquet",
                                .limits = {.threads = settings.threads}}));
    });
    const double busy = processor_seconds() - busy_before;
    std::uint64_t findings = 0;
    for (const auto& [reason, count] : summary.warned) findings += count;
    print_row(fmt::format("(c) {} -> stored", what), took,
              static_cast<std::int64_t>(summary.totals.rows_read),
              fmt::format("{:.2f} s of processors: {:.2f} M/s on two idle ones; load average {}; "
                          "{} MB in, {} MB stored, {} records, {} rows rejected, {} findings",
                          busy, 2 * static_cast<double>(summary.totals.rows_read) / busy / 1e6,
                          load_average(), std::filesystem::file_size(csv) >> 20,
                          summary.written.bytes >> 20, summary.written.rows,
                          summary.totals.rows_rejected, findings));
    std::filesystem::remove(folder / "load.parquet");
}

bool measure(const Settings& settings) {
    std::filesystem::create_directories(settings.work_folder);
    const std::filesystem::path records =
        std::filesystem::path(settings.work_folder) / "records.parquet";
    const DatabaseLimits limits{
        .threads = settings.threads,
        .spill_folder = std::filesystem::path(settings.work_folder) / "spill"};
    const PriceBook book = required(PriceBook::compile(
        tariff_for(settings),
        required(read_pricing_rules(settings.rules_folder, FinancialYear(2017)))));
    Database database(limits);
    const std::string scan = fmt::format("read_parquet({})", sql_path_to_read(records));
    fmt::print("{} spells, {}, {} threads\n", settings.rows, book.tariff().label, settings.threads);
    const double took = seconds([&] { generate(database, book, settings.rows, records); });
    print_row("generate the records as Parquet", took, settings.rows, "");
    const bool same = pricing_against_sql(database, book, settings, scan);
    priced_cube(book, settings, limits, records);
    return same;
}

// In a process of its own, so that its peak memory (in MiB) is its own.
bool apart(const std::function<bool()>& work, std::int64_t& peak) {
    std::fflush(stdout);
    const pid_t child = ::fork();
    if (child == 0) {
        std::setvbuf(stdout, nullptr, _IOLBF, 0);
        bool done = false;
        try {
            done = work();
        } catch (const std::exception& fault) {
            fmt::print(stderr, "{}\n", fault.what());
        }
        std::fflush(stdout);
        ::_exit(done ? 0 : 1);
    }
    int status = 0;
    rusage usage{};
    ::wait4(child, &status, 0, &usage);
    peak = usage.ru_maxrss / 1024;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool measured_apart(const Settings& settings) {
    std::int64_t peak = 0;
    const bool same = apart([&] { return measure(settings); }, peak);
    fmt::print("(d) peak memory of pricing {} spells: {} MiB\n", settings.rows, peak);
    return same;
}

bool load_apart(const Settings& settings, const std::filesystem::path& csv,
                const std::string& layout, std::string_view what) {
    std::int64_t peak = 0;
    const bool done = apart(
        [&] {
            load_csv(settings, csv, layout, what);
            return true;
        },
        peak);
    fmt::print("(d) peak memory of that load: {} MiB\n", peak);
    return done;
}

// The PCT-era file is a tenth as long: its rows are eight times as wide.
bool loads(const Settings& settings) {
    const std::filesystem::path folder = settings.work_folder;
    std::filesystem::create_directories(folder);
    std::int64_t peak = 0;
    const std::filesystem::path plain = folder / "records.csv";
    const bool written = apart(
        [&] {
            const PriceBook book = required(PriceBook::compile(
                tariff_for(settings),
                required(read_pricing_rules(settings.rules_folder, FinancialYear(2017)))));
            write_plain_csv(settings, book, plain);
            return true;
        },
        peak);
    if (!written || !load_apart(settings, plain, "purse_apc", "CSV of 25 columns")) return false;
    std::filesystem::remove(plain);
    const std::filesystem::path classic = folder / "classic.csv";
    (void)required(write_bench_records({.file = classic,
                                        .rules = settings.rules_folder,
                                        .rows = static_cast<std::uint64_t>(settings.rows / 10 + 1),
                                        .layout = BenchLayout::sus_classic}));
    const bool done =
        load_apart(settings, classic, "sus_classic_apc", "PCT-era CSV of 214 columns");
    std::filesystem::remove(classic);
    return done;
}

std::string processor() {
    std::ifstream in("/proc/cpuinfo");
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
    }
    return "unknown processor";
}

}  // namespace

}  // namespace purse

int main(int argc, char** argv) try {
    purse::Settings settings;
    CLI::App app("Measures pricing inside the scan, the cube and the load beside plain SQL");
    app.add_option("--rows", settings.rows, "spells to generate");
    app.add_option("--tariff-folder", settings.tariff_folder,
                   "a tariff as CSVs (2017/18); without it, made-up prices");
    app.add_option("--rules", settings.rules_folder, "the rules folder");
    app.add_option("--folder", settings.work_folder, "where to write");
    app.add_option("--threads", settings.threads);
    app.add_option("--repeats", settings.repeats, "best of so many");
    bool loads_only = false;
    app.add_flag("--loads-only", loads_only, "measure (c) and its (d) alone");
    CLI11_PARSE(app, argc, argv);
    fmt::print("{}, {} processors\n", purse::processor(), std::thread::hardware_concurrency());
    purse::Settings quarter = settings;
    quarter.rows = std::max<std::int64_t>(settings.rows / 4, 1);
    bool right = true;
    for (const purse::Settings& size : {quarter, settings}) {
        if (!loads_only) right = purse::measured_apart(size) && right;
        right = purse::loads(size) && right;
        fmt::print("\n");
    }
    return right ? 0 : 1;
} catch (const std::exception& fault) {
    fmt::print(stderr, "{}\n", fault.what());
    return 1;
}
