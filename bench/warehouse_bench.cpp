// Pricing inside the scan, the cube and the load, measured beside plain SQL: one run, one table.
// The records are generated, the same for the same number of rows.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <string>
#include <thread>

#include "bench_tariff.hpp"
#include "measuring.hpp"
#include "plain_sql.hpp"
#include "synthesis/bench_records.hpp"
#include "warehouse/charge_function.hpp"
#include "warehouse/loading.hpp"
#include "warehouse/priced_month.hpp"

namespace purse {

namespace {

std::filesystem::path in_folder(const Settings& settings, std::string_view name) {
    return std::filesystem::path(settings.work_folder) / name;
}

DatabaseLimits limits_of(const Settings& settings) {
    return {.threads = settings.threads, .spill_folder = in_folder(settings, "spill")};
}

Measure write_spells(const Settings& settings, const std::filesystem::path& records) {
    Database database(limits_of(settings));
    const PriceBook book = bench_book(settings);
    return {.took = measured([&] { write_bench_spells(database, book, settings.rows, records); })};
}

Measure price_inside(const Settings& settings, const std::string& scan) {
    Database database(limits_of(settings));
    const PriceBook book = bench_book(settings);
    const std::string call = register_charges(database, "purse_price", DataSet::admitted_care, book,
                                              nullptr, ChargeUse::price);
    Measure measure;
    measure.took = best_of(settings.repeats, [&] {
        measure.value = database.number(
            "price inside the scan",
            fmt::format("select sum(c.final_price_pence) from (select {} as c from {})", call,
                        scan));
    });
    return measure;
}

Measure price_in_sql(const Settings& settings, const std::string& scan) {
    Database database(limits_of(settings));
    const PriceBook book = bench_book(settings);
    fill_price_tables(database, book);
    Measure measure;
    measure.took = best_of(settings.repeats, [&] {
        measure.value = database.number(
            "price in SQL", fmt::format("select sum(price) from ({})", plain_sql(book, scan)));
    });
    return measure;
}

// The first records that both price differently.
Measure show_differences(const Settings& settings, const std::string& scan) {
    Database database(limits_of(settings));
    const PriceBook book = bench_book(settings);
    const std::string call = register_charges(database, "purse_price", DataSet::admitted_care, book,
                                              nullptr, ChargeUse::price);
    fill_price_tables(database, book);
    Rows rows = database.query(
        "compare prices",
        fmt::format("select to_json(r)::varchar from (select *, c.final_price_pence as ours, "
                    "coalesce(price, 0) as theirs from (select *, {} as c from {}) left join ({}) "
                    "using (line) where ours <> theirs order by line limit 5) r",
                    call, scan, plain_sql(book, scan)));
    while (rows.next()) fmt::print("    {}\n", rows.text(0));
    return {};
}

// What one multiplication by the market forces factor comes to in doubles, beside whole pence.
Measure count_lost_pence(const Settings& settings, const std::string& scan) {
    Database database(limits_of(settings));
    fill_price_tables(database, bench_book(settings));
    return {.value = database.number("price in doubles", doubles_sql(scan)) -
                     database.number("price in whole pence", whole_pence_sql(scan))};
}

bool pricing_against_sql(const Settings& settings, const std::string& scan) {
    const Measure ours = apart([&] { return price_inside(settings, scan); });
    print_row("(a) Parquet: pricing inside the scan, summed", ours, settings.rows, "");
    const Measure sql = apart([&] { return price_in_sql(settings, scan); });
    print_row(
        "(a) Parquet: the same rules as plain SQL", sql, settings.rows,
        fmt::format("{:.1f} times ours by the wall, {:.1f} by processors",
                    sql.took.wall / ours.took.wall, sql.took.processors / ours.took.processors));
    const bool same = ours.done && sql.done && ours.value == sql.value;
    fmt::print("    totals: ours {} pence, SQL {} pence: {}\n", ours.value, sql.value,
               same ? "the same" : "DIFFERENT");
    if (!same) (void)apart([&] { return show_differences(settings, scan); });
    fmt::print("    price x factor alone in DuckDB's doubles: {} pence off\n",
               apart([&] { return count_lost_pence(settings, scan); }).value);
    return same;
}

Affiliations bench_affiliations() {
    std::vector<Practice> practices;
    std::vector<Membership> memberships;
    for (int i = 0; i < 60; ++i) {
        const PracticeCode code(fmt::format("A8{}", 1001 + 3 * i));
        practices.push_back({.code = code, .name = "", .status = 'A'});
        memberships.push_back({.practice = code, .parent = "5D9"});
    }
    AffiliationRules rules;
    rules.ours = {CommissionerCode("5D9")};
    return {rules, practices, memberships, {}};
}

Measure priced_month(const Settings& settings, const std::filesystem::path& records,
                     bool with_charges) {
    const PriceBook book = bench_book(settings);
    const Affiliations affiliations = bench_affiliations();
    const std::filesystem::path cube = in_folder(settings, "cube.parquet");
    const std::filesystem::path charges = in_folder(settings, "charges.parquet");
    const std::vector<BatchToPrice> batches = {
        {.set = DataSet::admitted_care, .records = records, .number = 1, .book = &book}};
    Measure measure;
    measure.took = best_of(with_charges ? 1 : settings.repeats, [&] {
        (void)required(write_priced_month(batches, affiliations,
                                          {with_charges ? charges : std::filesystem::path(), cube},
                                          limits_of(settings)));
    });
    measure.value = static_cast<std::int64_t>(required(read_cube(cube)).size());
    return measure;
}

// The cube's group-by over columns that are priced and coded already: what no pricing can be
// faster than.
Measure group_alone(const Settings& settings) {
    Database database(limits_of(settings));
    const std::string charges = sql_path_to_read(in_folder(settings, "charges.parquet"));
    Measure measure;
    measure.took = best_of(settings.repeats, [&] {
        measure.value = database.number(
            "group the charges",
            fmt::format("select count(*) from (select month, account, practice, provider, "
                        "treatment_function, budget_line, outcome, reason, count(*), "
                        "sum(qualifying_days), sum(final_price_pence) from read_parquet({}) "
                        "group by all)",
                        charges));
    });
    return measure;
}

bool cubes(const Settings& settings, const std::filesystem::path& records) {
    const Measure cube = apart([&] { return priced_month(settings, records, false); });
    print_row("(b) Parquet -> priced cube", cube, settings.rows,
              fmt::format("{} cells", cube.value));
    const Measure charges = apart([&] { return priced_month(settings, records, true); });
    print_row("(b) Parquet -> priced cube and charges", charges, settings.rows, "");
    const Measure group = apart([&] { return group_alone(settings); });
    print_row("(b) the group-by alone, over those charges", group, settings.rows,
              fmt::format("{} cells", group.value));
    std::filesystem::remove(in_folder(settings, "charges.parquet"));
    return cube.done && charges.done;
}

bool prices(const Settings& settings) {
    const std::filesystem::path records = in_folder(settings, "records.parquet");
    const std::string scan = fmt::format("read_parquet({})", sql_path_to_read(records));
    print_row("generate the records as Parquet",
              apart([&] { return write_spells(settings, records); }), settings.rows, "");
    const bool same = pricing_against_sql(settings, scan);
    const bool done = cubes(settings, records);
    std::filesystem::remove(records);
    return same && done;
}

// 25 columns of the plain layout.
Measure write_plain_csv(const Settings& settings, const std::filesystem::path& csv) {
    const std::filesystem::path records = in_folder(settings, "to-load.parquet");
    (void)write_spells(settings, records);
    Database database(limits_of(settings));
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
    return {};
}

Measure load_csv(const Settings& settings, const std::filesystem::path& csv,
                 const std::string& layout) {
    const IntakeContext context{.set = DataSet::admitted_care,
                                .key = PseudonymKey::from_phrase("measuring"),
                                .rules = required(read_validation_rules(settings.rules_folder))};
    const std::filesystem::path stored = in_folder(settings, "load.parquet");
    Measure measure;
    measure.took = measured([&] {
        const LoadSummary summary =
            required(load_file({.read = {.file = csv,
                                         .layouts = required(read_layouts(settings.rules_folder)),
                                         .layout = layout,
                                         .context = context,
                                         .staging_folder = settings.work_folder,
                                         .threads = settings.threads},
                                .records_out = stored,
                                .limits = {.threads = settings.threads}}));
        measure.value = static_cast<std::int64_t>(summary.totals.rows_read);
    });
    return measure;
}

bool load_apart(const Settings& settings, const std::filesystem::path& csv,
                const std::string& layout, std::string_view what) {
    const Measure load = apart([&] { return load_csv(settings, csv, layout); });
    const std::filesystem::path stored = in_folder(settings, "load.parquet");
    if (load.done) {
        print_row(fmt::format("(c) {} -> stored", what), load, load.value,
                  fmt::format("{} MB in, {} MB stored", std::filesystem::file_size(csv) >> 20,
                              std::filesystem::file_size(stored) >> 20));
    }
    std::filesystem::remove(csv);
    std::filesystem::remove(stored);
    return load.done;
}

// The PCT-era file is a tenth as long: its rows are eight times as wide.
bool loads(const Settings& settings) {
    const std::filesystem::path plain = in_folder(settings, "records.csv");
    const bool written = apart([&] { return write_plain_csv(settings, plain); }).done;
    if (!written || !load_apart(settings, plain, "purse_apc", "CSV of 25 columns")) return false;
    const std::filesystem::path classic = in_folder(settings, "classic.csv");
    (void)required(write_bench_records({.file = classic,
                                        .rules = settings.rules_folder,
                                        .rows = static_cast<std::uint64_t>(settings.rows / 10 + 1),
                                        .layout = BenchLayout::sus_classic}));
    return load_apart(settings, classic, "sus_classic_apc", "PCT-era CSV of 214 columns");
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
    bool pricing_only = false;
    bool one_size = false;
    app.add_flag("--one-size", one_size, "leave out the run on a quarter of the rows");
    app.add_flag("--pricing-only", pricing_only, "measure (a), (b) and their (d) alone");
    app.add_flag("--loads-only", loads_only, "measure (c) and its (d) alone");
    CLI11_PARSE(app, argc, argv);
    fmt::print("{}, {} processors\n", purse::processor(), std::thread::hardware_concurrency());
    purse::Settings quarter = settings;
    quarter.rows = std::max<std::int64_t>(settings.rows / 4, 1);
    std::filesystem::create_directories(settings.work_folder);
    bool right = true;
    for (const purse::Settings& size : {quarter, settings}) {
        if (one_size && size.rows != settings.rows) continue;
        fmt::print("{} spells, {} threads\n", size.rows, size.threads);
        if (!loads_only) right = purse::prices(size) && right;
        if (!pricing_only) right = purse::loads(size) && right;
        fmt::print("\n");
    }
    return right ? 0 : 1;
} catch (const std::exception& fault) {
    fmt::print(stderr, "{}\n", fault.what());
    return 1;
}
