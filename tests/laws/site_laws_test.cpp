// What holds for every site, whatever is loaded: loading twice changes nothing, neither order nor
// threads change a figure, everything adds up, and a closed month stays as it was closed.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <sstream>

#include "desk/closes.hpp"
#include "desk/statements.hpp"
#include "desk/verifying.hpp"
#include "render/rendering.hpp"
#include "support/demo_site.hpp"
#include "warehouse/database.hpp"

namespace purse::testing {
namespace {

namespace fs = std::filesystem;

const Month may(2017, 5);
const std::vector<Month> loaded_months = {Month(2016, 5), Month(2017, 4), may};

// Three months' flex of every data set, loaded and not closed: last year's May, April, May. Made
// once; each test gets a copy.
const fs::path& loaded_template() {
    static const TemporaryFolder kept;
    static const fs::path folder = [] {
        Site site = make_demo_site(kept.path() / "loaded");
        for (const DataSet set : all_data_sets) {
            for (const Month month : loaded_months) load_demo(site, set, month, Extract::flex);
        }
        return kept.path() / "loaded";
    }();
    return folder;
}

class SiteLaws : public ::testing::Test {
  protected:
    Site copy_of_loaded(const std::string& name = "site") {
        fs::copy(loaded_template(), folder_.path() / name, fs::copy_options::recursive);
        return got(Site::open(folder_.path() / name));
    }
    // A site of the same key with nothing loaded.
    Site empty_site(const std::string& name, int threads = 2) {
        return make_demo_site(folder_.path() / name,
                              {"register.db", threads, loaded_template() / "pseudonym.key"});
    }
    TemporaryFolder folder_;
};

Closing closed(Site& site, Month month) {
    return got(close_month(site, month, no_progress)).closing;
}

// Every statement of a closed month and the summary, as they are printed.
std::vector<std::string> printed(const Site& site, Month month, std::optional<int> sequence = {}) {
    const MonthReports reports = got(open_month(site, month, sequence));
    std::vector<std::string> texts;
    for (const Statement& statement : all_statements(reports)) {
        texts.push_back(as_text(statement) + as_json(statement));
    }
    texts.push_back(as_text(summary_of(reports)));
    return texts;
}

std::vector<std::string> stored_in(const Site& site) {
    std::vector<std::string> files;
    for (const StoredFile& file : site.decisions().stored_files()) {
        files.push_back(file.path.string() + " " + file.checksum);
    }
    std::ranges::sort(files);
    return files;
}

std::string shuffled_lines(const std::string& text, std::uint64_t seed) {
    std::istringstream in(text);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line + "\n");
    std::mt19937_64 chance(seed);
    std::shuffle(lines.begin() + 1, lines.end(), chance);
    std::string out;
    for (const std::string& line : lines) out += line;
    return out;
}

std::string charges_sql(const Site& site, const Closing& closing) {
    return fmt::format("read_parquet({})",
                       sql_path_to_read(site.folder() / closing.closing.charges.path));
}

TEST_F(SiteLaws, the_same_file_again_changes_nothing) {
    Site site = copy_of_loaded();
    const Closing first = closed(site, may);
    const auto files = stored_in(site);
    const std::size_t batches = site.decisions().batches().size();
    for (const DataSet set : all_data_sets) {
        const LoadReport again = load_demo(site, set, may, Extract::flex);
        EXPECT_TRUE(again.already_loaded) << short_name(set);
    }
    EXPECT_EQ(site.decisions().batches().size(), batches);
    const CloseReport closed_again = got(close_month(site, may, no_progress));
    EXPECT_TRUE(closed_again.already_closed);
    EXPECT_EQ(closed_again.closing.sequence, first.sequence);
    EXPECT_EQ(stored_in(site), files);
    EXPECT_TRUE(verify(site).good());
    EXPECT_TRUE(verify(site).orphans.empty());
}

TEST_F(SiteLaws, the_order_of_lines_changes_no_statement) {
    Site as_given = copy_of_loaded();
    Site shuffled = empty_site("shuffled");
    std::uint64_t seed = 1;
    for (const DataSet set : all_data_sets) {
        for (const Month month : loaded_months) {
            const fs::path file = folder_.path() / "shuffled.csv";
            write_bytes(file,
                        shuffled_lines(bytes_of(demo_extract(set, month, Extract::flex)), seed++));
            got(load(shuffled, load_command(set, month, Extract::flex, file), no_progress));
        }
    }
    EXPECT_NE(stored_in(as_given), stored_in(shuffled));
    closed(as_given, may);
    closed(shuffled, may);
    const auto expected = printed(as_given, may);
    const auto found = printed(shuffled, may);
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_EQ(found[i], expected[i]);
}

TEST_F(SiteLaws, any_number_of_threads_gives_the_same_bytes) {
    std::vector<std::vector<std::string>> bytes;
    for (const int threads : {1, 2, 4}) {
        Site site = empty_site(fmt::format("by-{}", threads), threads);
        for (const DataSet set : all_data_sets) {
            for (const Month month : loaded_months) load_demo(site, set, month, Extract::flex);
        }
        const Closing closing = closed(site, may);
        auto& of_site = bytes.emplace_back(stored_in(site));
        for (const char* name : {"cube.parquet", "charges.parquet", "snapshot.csv"}) {
            of_site.push_back(bytes_of(site.folder() / closing.closing.folder / name));
        }
    }
    EXPECT_TRUE(bytes[0] == bytes[1]);
    EXPECT_TRUE(bytes[0] == bytes[2]);
}

TEST_F(SiteLaws, a_closed_month_made_again_is_the_same_to_the_byte) {
    Site site = copy_of_loaded();
    const Closing first = closed(site, may);
    const CloseReport again = got(close_month(site, may, no_progress, true));
    EXPECT_TRUE(again.already_closed);
    EXPECT_TRUE(again.made_again);
    EXPECT_EQ(again.closing.sequence, first.sequence);
    EXPECT_TRUE(verify(site).orphans.empty());
}

TEST_F(SiteLaws, a_closed_month_that_comes_out_otherwise_is_a_conflict) {
    Site site = copy_of_loaded();
    closed(site, may);
    // A batch's records file with every cost a little higher, in the place of the one stored.
    const fs::path records = site.folder() / site.decisions()
                                                 .current_batches(DataSet::prescribing, may, may)
                                                 .front()
                                                 .batch.load.records.path;
    const fs::path dearer = folder_.path() / "dearer.parquet";
    Database({.threads = 1})
        .run("raise costs", fmt::format("copy (select * replace (actual_cost + 1 as actual_cost) "
                                        "from read_parquet({})) to {} (format parquet)",
                                        sql_path_to_read(records), sql_text(dearer.string())));
    fs::copy_file(dearer, records, fs::copy_options::overwrite_existing);
    EXPECT_FALSE(verify(site).good());
    const auto again = close_month(site, may, no_progress, true);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.problem().kind, ProblemKind::conflict);
}

// Sums over statements, line by line, in pence.
struct LineSums {
    std::map<std::string, std::int64_t> month, year_to_date;
    std::int64_t month_total = 0, total = 0;
};

LineSums sums_of(const std::vector<Statement>& statements) {
    LineSums sums;
    for (const Statement& statement : statements) {
        for (const StatementRow& row : statement.rows) {
            sums.month[row.code] += row.month.cost.count();
            sums.year_to_date[row.code] += row.year_to_date.cost.count();
        }
        sums.month_total += statement.total.month.cost.count();
        sums.total += statement.total.year_to_date.cost.count();
    }
    return sums;
}

TEST_F(SiteLaws, statements_add_up_to_the_summary_line_by_line) {
    Site site = copy_of_loaded();
    closed(site, may);
    const MonthReports reports = got(open_month(site, may));
    const LineSums sums = sums_of(all_statements(reports));
    const Summary summary = summary_of(reports);
    std::int64_t month = 0, year = 0;
    for (const SummaryRow& row : summary.rows) {
        month += row.month.cost.count();
        year += row.year_to_date.cost.count();
    }
    EXPECT_GT(sums.month_total, 0);
    EXPECT_EQ(sums.month_total, month);
    EXPECT_EQ(sums.total, year);
    EXPECT_EQ(summary.total.month.cost.count(), month);
    EXPECT_EQ(summary.total.year_to_date.cost.count(), year);
    EXPECT_EQ(
        (summary.practices.year_to_date.cost + summary.unattributed.year_to_date.cost).count(),
        year);
    for (const StatementRow& row : summary.lines) {
        if (row.code == "total") continue;
        EXPECT_EQ(sums.month.at(row.code), row.month.cost.count()) << row.code;
        EXPECT_EQ(sums.year_to_date.at(row.code), row.year_to_date.cost.count()) << row.code;
    }
}

// Summed from the charges file by SQL of this test's own. Prescribing is rounded once for an
// account and month, hospital charges are whole pence already.
TEST_F(SiteLaws, statements_add_up_to_the_charges_to_the_penny) {
    Site site = copy_of_loaded();
    const Closing closing = closed(site, may);
    Database database({.threads = 1});
    const std::string charges = charges_sql(site, closing);
    const auto pence = [&](const std::string& where) {
        return database.number(
            "add up charges",
            fmt::format("select sum(p) from (select sum(final_price_pence)::bigint + "
                        "floor(sum(fine_cost) / 1000.0 + 0.5)::bigint as p from {} where {} "
                        "group by account, month, data_set)",
                        charges, where));
    };
    const LineSums sums = sums_of(all_statements(got(open_month(site, may))));
    EXPECT_EQ(sums.month_total, pence("month = date '2017-05-01'"));
    EXPECT_EQ(sums.total, pence("month between date '2017-04-01' and date '2017-05-01'"));
    EXPECT_EQ(sums.year_to_date.at("pack_1") + sums.year_to_date.at("pack_2"),
              pence("data_set = 'apc' and month >= date '2017-04-01'"));
    EXPECT_EQ(sums.month.at("ae"), pence("data_set = 'ae' and month = date '2017-05-01'"));
    EXPECT_EQ(sums.month.at("prescribing"),
              pence("data_set = 'prescribing' and month = date '2017-05-01'"));
}

TEST_F(SiteLaws, rows_and_pence_in_are_those_that_came_out_and_those_refused) {
    Site site = copy_of_loaded();
    const Closing closing = closed(site, may);
    std::map<std::string, std::int64_t> in, rejected, out, stored;
    FinePence money_in, money_rejected, money_out;
    for (const BatchInfo& batch : site.decisions().batches()) {
        const std::string set(short_name(batch.load.set));
        in[set] += batch.load.rows.in;
        rejected[set] += batch.load.rows.rejected;
        money_in += batch.load.money.in;
        money_rejected += batch.load.money.rejected;
        for (const ProviderRows& provider : batch.load.providers) stored[set] += provider.rows;
    }
    Database database({.threads = 1});
    Rows rows = database.query(
        "count charges", fmt::format("select data_set, outcome, count(*), sum(final_price_pence), "
                                     "sum(fine_cost) from {} group by all",
                                     charges_sql(site, closing)));
    while (rows.next()) {
        const std::string set(rows.text(0));
        out[set] += rows.number(2);
        const ControlTotal total{set + ": " + std::string(rows.text(1)), rows.number(2),
                                 FinePence(rows.number(3) * FinePence::per_penny + rows.number(4))};
        EXPECT_NE(std::ranges::find(closing.closing.totals, total), closing.closing.totals.end())
            << total.stage;
        if (set == "prescribing") money_out += total.money;
    }
    for (const DataSet set : all_data_sets) {
        const std::string name(short_name(set));
        EXPECT_EQ(stored[name], out[name]) << name;
        // Episodes are folded into spells; nothing else is.
        if (set == DataSet::admitted_care) continue;
        EXPECT_EQ(in[name], out[name] + rejected[name]) << name;
    }
    money_out += money_rejected;
    EXPECT_GT(money_rejected.thousandths(), 0);
    EXPECT_EQ(money_in, money_out);
}

TEST_F(SiteLaws, a_later_import_does_not_change_a_closed_month) {
    Site site = copy_of_loaded();
    closed(site, may);
    const auto before = printed(site, may);
    const fs::path file = folder_.path() / "later.csv";
    write_bytes(file, "practice,year,budget_line,annual_amount\nX90001,2017/18,ae,999999.00\n");
    got(import_budget(site, file));
    write_bytes(file,
                "code,name,status,prescribing_setting,open,close,postcode,commissioner,"
                "commissioner_name,network,network_name,from,to,successor,successor_from\n"
                "X90001,Renamed Surgery,A,4,1990-04-01,,ZZ1 1ZZ,9ZZ,,U90001,,1990-04-01,,,\n");
    got(import_organisations(site, file));
    EXPECT_EQ(printed(site, may), before);
    const Closing second = closed(site, may);
    EXPECT_EQ(second.sequence, 2);
    EXPECT_EQ(printed(site, may, 1), before);
    const std::string after = as_text(got(statement_of(got(open_month(site, may)), "X90001")));
    EXPECT_NE(after.find("Renamed Surgery"), std::string::npos);
    EXPECT_TRUE(verify(site).good());
}

TEST_F(SiteLaws, what_clean_removes_is_never_missed) {
    Site site = copy_of_loaded();
    closed(site, may);
    const auto before = printed(site, may);
    write_bytes(site.staging_folder() / "left.parquet", "by a stopped run");
    EXPECT_EQ(verify(site).orphans, std::vector<std::string>{"staging/left.parquet"});
    EXPECT_EQ(clean(site), std::vector<std::string>{"staging/left.parquet"});
    EXPECT_EQ(printed(site, may), before);
    EXPECT_TRUE(got(close_month(site, may, no_progress, true)).made_again);
}

TEST_F(SiteLaws, a_spoiled_file_of_a_closing_is_found) {
    Site site = copy_of_loaded();
    const Closing closing = closed(site, may);
    for (const char* name : {"cube.parquet", "charges.parquet", "snapshot.csv"}) {
        const fs::path file = site.folder() / closing.closing.folder / name;
        const std::string bytes = bytes_of(file);
        ASSERT_TRUE(verify(site).good());
        write_bytes(file, bytes + " ");
        EXPECT_FALSE(verify(site).good()) << name;
        write_bytes(file, bytes);
    }
}

TEST_F(SiteLaws, a_freeze_replaces_the_flex_and_no_flex_follows_it) {
    Site site = copy_of_loaded();
    closed(site, may);
    const auto with_flex = printed(site, may);
    const auto flex = site.decisions().current_batches(DataSet::outpatients, may, may);
    ASSERT_EQ(flex.size(), 1U);
    const LoadReport freeze = load_demo(site, DataSet::outpatients, may, Extract::freeze);
    const auto current = site.decisions().current_batches(DataSet::outpatients, may, may);
    ASSERT_EQ(current.size(), 1U);
    EXPECT_EQ(current.front().batch.number, freeze.batch.number);
    closed(site, may);
    EXPECT_NE(printed(site, may), with_flex);

    const fs::path file = folder_.path() / "late-flex.csv";
    write_bytes(
        file, shuffled_lines(bytes_of(demo_extract(DataSet::outpatients, may, Extract::flex)), 5));
    const auto files = stored_in(site);
    const auto refused =
        load(site, load_command(DataSet::outpatients, may, Extract::flex, file), no_progress);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.problem().kind, ProblemKind::conflict);
    EXPECT_NE(refused.problem().says.find("freeze"), std::string::npos) << refused.problem().says;
    EXPECT_EQ(stored_in(site), files);
    EXPECT_TRUE(verify(site).orphans.empty());

    // The earlier batch and the closing made of it stay readable.
    const BatchInfo earlier = got(site.decisions().batch(flex.front().batch.number));
    Database database({.threads = 1});
    EXPECT_EQ(
        database.number("count records",
                        fmt::format("select count(*) from read_parquet({})",
                                    sql_path_to_read(site.folder() / earlier.load.records.path))),
        earlier.load.rows.accepted);
    EXPECT_EQ(printed(site, may, 1), with_flex);
}

TEST_F(SiteLaws, two_files_of_one_command_may_not_replace_one_another) {
    Site site = copy_of_loaded();
    const fs::path again = folder_.path() / "again.csv";
    write_bytes(
        again, shuffled_lines(bytes_of(demo_extract(DataSet::emergency, may, Extract::freeze)), 7));
    LoadCommand command = load_command(DataSet::emergency, may, Extract::freeze,
                                       demo_extract(DataSet::emergency, may, Extract::freeze));
    command.files.push_back(again);
    const auto refused = load(site, command, no_progress);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.problem().kind, ProblemKind::conflict);
    const auto current = site.decisions().current_batches(DataSet::emergency, may, may);
    ASSERT_EQ(current.size(), 1U);
    EXPECT_EQ(current.front().batch.load.stage, Extract::flex) << "the first file stays out, too";
    EXPECT_TRUE(verify(site).orphans.empty());
}

}  // namespace
}  // namespace purse::testing
