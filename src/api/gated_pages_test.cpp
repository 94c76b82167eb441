// What a reader without small counts can put together from every page, file and working of every
// month of a year: no more than the year's one gated table, from which no small count can be found.
#include "api/gated_pages.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <boost/json.hpp>

#include "api/benchmark_pages.hpp"
#include "api/figure_pages.hpp"

namespace purse {
namespace {

namespace json = boost::json;

const DisclosurePolicy policy = [] {
    DisclosurePolicy rounding;
    rounding.round_money_to = Pence(1'000'000);
    return rounding;
}();

const std::vector<Account> accounts = {Account("X90001"), Account("X90002"), Account("X90003")};
const std::vector<BudgetLine> lines = {BudgetLine::elective, BudgetLine::maternity,
                                       BudgetLine::outpatient_first};
const Month april(2017, 4);

Pence price_of(BudgetLine line) {
    return Pence(line == BudgetLine::elective    ? 277'201
                 : line == BudgetLine::maternity ? 275'417
                                                 : 17'389);
}

// Counts of a commissioner's year to date: by month, account and line.
using Counts = std::vector<std::vector<std::vector<std::int64_t>>>;

Figures figures(BudgetLine line, std::int64_t count) {
    return {count, 0, Pence(count * price_of(line).count())};
}

StatementSetting setting_of(Month month) {
    StatementSetting setting;
    setting.commissioner = "Fictional Valley";
    setting.month = month;
    setting.closing = 1;
    for (Month one = april; one <= month; one = one + 1) {
        for (const DataSet set : {DataSet::admitted_care, DataSet::outpatients}) {
            setting.data.push_back({set, one, DataState::frozen});
        }
    }
    setting.name_of = [](const Account& account) { return account.text(); };
    setting.says = [](const std::string& reason) { return reason; };
    return setting;
}

AccountMonth account_month(const Counts& counts, std::size_t period, std::size_t account) {
    AccountMonth month;
    for (std::size_t line = 0; line < lines.size(); ++line) {
        std::int64_t to_date = 0;
        for (std::size_t one = 0; one <= period; ++one) to_date += counts[one][account][line];
        LineFigures& of_line = month.lines[lines[line]];
        of_line.month = figures(lines[line], counts[period][account][line]);
        of_line.year_to_date = figures(lines[line], to_date);
        month.budgets[lines[line]] = {Pence(5'000'000), Pence(1'000'000)};
    }
    return month;
}

// The month as it was closed when it was the latest.
std::unique_ptr<OpenedMonth> opened(const Counts& counts, std::size_t period) {
    MonthReports reports;
    reports.setting = setting_of(april + static_cast<int>(period));
    reports.closing.sequence = 1;
    reports.cube = std::make_shared<const std::vector<CubeRow>>();
    reports.roll_up = [](const Account& account) { return account; };
    std::vector<MonthOfSeries> series;
    for (std::size_t one = 0; one <= period; ++one) {
        MonthOfSeries month;
        month.month = april + static_cast<int>(one);
        month.closing = 1;
        month.setting = setting_of(month.month);
        std::erase_if(month.setting.data,
                      [&](const DataStatus& status) { return status.month != month.month; });
        for (std::size_t account = 0; account < accounts.size(); ++account) {
            month.accounts[accounts[account]] = account_month(counts, one, account);
        }
        series.push_back(std::move(month));
    }
    reports.accounts = series.back().accounts;
    return std::make_unique<OpenedMonth>(std::move(reports), std::move(series));
}

// A figure by what it is of ("X90001 maternity 2017-05 to date"), and how it was shown.
struct Seen {
    json::value count = nullptr;
    json::value pence = nullptr;
    json::value rounded_to = nullptr;
    friend bool operator==(const Seen&, const Seen&) = default;
};

class Reader {
  public:
    void read_all(const Counts& counts) {
        const std::size_t periods = counts.size();
        latest_ = opened(counts, periods - 1);
        year_ = latest_->gated(policy);
        for (std::size_t period = 0; period < periods; ++period) {
            const auto month = opened(counts, period);
            const GatedMonth gated{*month, *latest_, *year_};
            for (const Account& account : accounts) read_statement(gated, account);
            read_summary(gated);
        }
    }
    [[nodiscard]] const std::map<std::string, Seen>& seen() const { return seen_; }
    [[nodiscard]] const GatedYear& year() const { return *year_; }

  private:
    // Whatever page or file it is from, the figure is shown the same.
    void note(const std::string& what, const Seen& seen) {
        const auto [found, is_new] = seen_.emplace(what, seen);
        RC_ASSERT(is_new || found->second == seen);
    }

    static Seen figure_in(const json::object& figures) {
        const json::value* rounded = figures.if_contains("cost_rounded_to_pence");
        return {figures.at("activity"), figures.at("cost_pence"),
                rounded == nullptr ? json::value(nullptr) : *rounded};
    }

    void note_row(const std::string& account, const std::string& month, const json::object& row) {
        const std::string what = account + " " + std::string(row.at("code").as_string());
        note(what + " " + month, figure_in(row.at("month").as_object()));
        note(what + " " + month + " to date", figure_in(row.at("year_to_date").as_object()));
        RC_ASSERT(row.at("last_year_to_date").is_null());
        RC_ASSERT(row.at("series").as_array().empty());
    }

    void read_statement(const GatedMonth& gated, const Account& account) {
        const auto text = gated_statement_page(gated, account.text(), true);
        RC_ASSERT(text.ok());
        const json::object page = json::parse(*text).as_object();
        const std::string month(page.at("month").as_string());
        std::vector<json::object> rows;
        for (const json::value& row : page.at("rows").as_array()) rows.push_back(row.as_object());
        rows.push_back(page.at("total").as_object());
        const ReportTable file = gated_statement_table(*text, policy);
        RC_ASSERT(file.rows.size() == rows.size());
        for (std::size_t at = 0; at < rows.size(); ++at) {
            note_row(account.text(), month, rows[at]);
            check_file(file.rows[at], rows[at]);
            check_working(gated, account, rows[at]);
        }
    }

    // The file's cells are the page's: what is null there is a star or nothing here.
    static void check_file(const std::vector<TableCell>& cells, const json::object& row) {
        std::size_t at = 3;
        for (const char* part : {"month", "year_to_date"}) {
            const Seen seen = figure_in(row.at(part).as_object());
            const bool shows_count = std::holds_alternative<std::int64_t>(cells[at]);
            RC_ASSERT(shows_count == seen.count.is_int64());
            if (shows_count) RC_ASSERT(std::get<std::int64_t>(cells[at]) == seen.count.as_int64());
            const bool shows_money = std::holds_alternative<Pence>(cells[at + 1]);
            RC_ASSERT(shows_money == seen.pence.is_int64());
            if (shows_money) {
                RC_ASSERT(std::get<Pence>(cells[at + 1]).count() == seen.pence.as_int64());
            }
            at += 3;
        }
    }

    // A line's working is its months, the total's its lines: figures that pages show, too.
    void check_working(const GatedMonth& gated, const Account& account, const json::object& row) {
        const std::string code(row.at("code").as_string());
        const auto text = gated_why_page(gated, account.text(), code);
        RC_ASSERT(text.ok());
        const json::object why = json::parse(*text).as_object();
        RC_ASSERT(why.at("records").as_array().empty());
        RC_ASSERT(why.at("records_in_all").is_null());
        RC_ASSERT(why.at("result_pence") == row.at("year_to_date").as_object().at("cost_pence"));
        RC_ASSERT(row.at("working").as_object().at("steps") == why.at("steps"));
        std::size_t at = 0;
        for (const json::value& step : why.at("steps").as_array()) {
            const GatedYear::Of of{account,
                                   code == "total" ? lines[at] : parse_budget_line(code).value()};
            const Month month = gated.month.month();
            const ShownCell cell = code == "total"
                                       ? gated.year.to_date(of, month)
                                       : gated.year.in_month(of, april + static_cast<int>(at));
            const json::value& amount = step.at("amount_pence");
            RC_ASSERT(amount.is_int64() == cell.money.has_value());
            if (cell.money) RC_ASSERT(amount.as_int64() == cell.money->count());
            ++at;
        }
        RC_ASSERT(gated_why_table(*text, policy).rows.size() == at + 1);
    }

    void read_summary(const GatedMonth& gated) {
        const std::string text = gated_summary_page(gated, nullptr, "null", true);
        const json::object page = json::parse(text).as_object();
        const std::string month(page.at("month").as_string());
        for (const json::value& row : page.at("lines").as_array()) {
            note_row("all", month, row.as_object());
        }
        for (const json::value& row : page.at("practices").as_array()) {
            note_account(std::string(row.at("code").as_string()), month, row.as_object());
        }
        note_account("all", month, page.at("total").as_object());
        for (const char* part : {"practices_total", "unattributed_total"}) {
            RC_ASSERT(page.at(part).as_object().at("year_to_date_cost_pence").is_null());
        }
        RC_ASSERT(gated_summary_table(text, policy).rows.size() == accounts.size() + 1);
    }

    void note_account(const std::string& account, const std::string& month,
                      const json::object& row) {
        const json::value* rounded = row.if_contains("cost_rounded_to_pence");
        note(account + " total " + month + " to date",
             {nullptr, row.at("year_to_date_cost_pence"),
              rounded == nullptr ? json::value(nullptr) : *rounded});
    }

    std::unique_ptr<OpenedMonth> latest_;
    std::shared_ptr<const GatedYear> year_;
    std::map<std::string, Seen> seen_;
};

Counts any_counts() {
    const auto periods = *rc::gen::inRange<std::size_t>(1, 5);
    Counts counts(periods, std::vector<std::vector<std::int64_t>>(
                               accounts.size(), std::vector<std::int64_t>(lines.size())));
    for (auto& month : counts) {
        for (auto& account : month) {
            for (auto& count : account) {
                count = *rc::gen::weightedOneOf<std::int64_t>(
                    {{1, rc::gen::just<std::int64_t>(0)},
                     {3, rc::gen::inRange<std::int64_t>(1, 8)},
                     {4, rc::gen::inRange<std::int64_t>(8, 200)}});
            }
        }
    }
    return counts;
}

// The practices beside each other by their events of the line, of the year to date.
MeasureComparison comparison_of_line(const Counts& counts, std::size_t period, std::size_t line) {
    MeasureComparison made;
    made.heading.month = april + static_cast<int>(period);
    made.heading.from = april;
    made.measure.code = "line";
    made.funnel.from = april;
    made.funnel.to = made.heading.month;
    for (std::size_t account = 0; account < accounts.size(); ++account) {
        PracticePosition position;
        position.practice = PracticeCode(accounts[account].text());
        for (std::size_t p = 0; p <= period; ++p) position.observed += counts[p][account][line];
        position.expected = 20;
        position.patient_years = 6000;
        position.rate = static_cast<double>(position.observed) / 6;
        made.funnel.observed += position.observed;
        made.funnel.patient_years += position.patient_years;
        made.funnel.positions.push_back(position);
        made.names.emplace_back("A practice");
    }
    return made;
}

// What a reader knows of a sum of cells: its bounds in events or in pence.
struct Bound {
    std::vector<std::size_t> cells;
    std::vector<std::int64_t> worth;  // of one event of the cell
    std::int64_t from = 0;
    std::int64_t to = 0;
};

// Narrows every cell by every sum until nothing moves.
class Arithmetic {
  public:
    Arithmetic(const Counts& counts, const GatedYear& year) : counts_(counts), year_(year) {
        for (std::size_t period = 0; period < counts.size(); ++period) {
            for (std::size_t account = 0; account <= accounts.size(); ++account) {
                for (std::size_t line = 0; line <= lines.size(); ++line) {
                    for (const bool to_date : {false, true}) take(period, account, line, to_date);
                }
            }
        }
        for (int round = 0; round < 60; ++round) narrow();
    }
    // What the comparison of practices by the line tells besides, in every month of the year: the
    // same events, of the year to date.
    void read_measure_too(std::size_t line) {
        for (std::size_t period = 0; period < counts_.size(); ++period) {
            const json::object page =
                json::parse(measure_page(comparison_of_line(counts_, period, line), &policy))
                    .as_object();
            const json::array& practices = page.at("practices").as_array();
            for (std::size_t a = 0; a < accounts.size(); ++a) {
                note_measure(practices[a].at("observed"), period, a, a + 1, line);
            }
            note_measure(page.at("observed"), period, 0, accounts.size(), line);
        }
        for (int round = 0; round < 60; ++round) narrow();
    }
    // The fewest values that are left to a small cell.
    [[nodiscard]] std::int64_t fewest_left() const {
        std::int64_t fewest = 1000;
        for (std::size_t at = 0; at < low_.size(); ++at) {
            if (1 <= truth_[at] && truth_[at] <= 7) {
                fewest = std::min(fewest, high_[at] - low_[at] + 1);
            }
        }
        return fewest;
    }

  private:
    [[nodiscard]] std::size_t index(std::size_t period, std::size_t account,
                                    std::size_t line) const {
        return (period * accounts.size() + account) * lines.size() + line;
    }

    void take(std::size_t period, std::size_t account, std::size_t line, bool to_date) {
        GatedYear::Of of;
        if (account < accounts.size()) of.account = accounts[account];
        if (line < lines.size()) of.line = lines[line];
        const Month month = april + static_cast<int>(period);
        const ShownCell cell = to_date ? year_.to_date(of, month) : year_.in_month(of, month);
        Bound count;
        Bound money;
        std::int64_t truth = 0;
        int small = 0;
        int large = 0;
        for (std::size_t p = to_date ? 0 : period; p <= period; ++p) {
            for (std::size_t a = 0; a < accounts.size(); ++a) {
                for (std::size_t l = 0; l < lines.size(); ++l) {
                    if (account < accounts.size() && a != account) continue;
                    if (line < lines.size() && l != line) continue;
                    count.cells.push_back(index(p, a, l));
                    count.worth.push_back(1);
                    money.worth.push_back(price_of(lines[l]).count());
                    truth += counts_[p][a][l];
                    small += 1 <= counts_[p][a][l] && counts_[p][a][l] <= 7 ? 1 : 0;
                    large += counts_[p][a][l] > 7 ? 1 : 0;
                }
            }
        }
        money.cells = count.cells;
        if (count.cells.size() == 1 && !to_date) add_cell(truth);
        if (cell.count) {
            count.from = *cell.count == 0 ? 0 : std::max<std::int64_t>(8, *cell.count - 2);
            count.to = *cell.count == 0 ? 0 : *cell.count + 2;
            bounds_.push_back(count);
        } else if (line < lines.size() && 1 <= truth && truth <= 7 && (small == 1 || large > 0)) {
            // A total of hidden cells alone is hidden whatever it counts, and says nothing.
            count.from = 1;
            count.to = 7;
            bounds_.push_back(count);
        }
        if (cell.money) {
            const std::int64_t step = cell.money_rounded_to.count();
            money.from = cell.money->count() - step / 2;
            money.to = cell.money->count() + (step == 0 ? 0 : step / 2 - 1);
            bounds_.push_back(money);
        }
    }

    void note_measure(const json::value& shown, std::size_t period, std::size_t from,
                      std::size_t to, std::size_t line) {
        if (shown.is_null()) return;
        Bound bound;
        for (std::size_t p = 0; p <= period; ++p) {
            for (std::size_t a = from; a < to; ++a) {
                bound.cells.push_back(index(p, a, line));
                bound.worth.push_back(1);
            }
        }
        const std::int64_t count = shown.as_int64();
        bound.from = count == 0 ? 0 : std::max<std::int64_t>(8, count - 2);
        bound.to = count == 0 ? 0 : count + 2;
        bounds_.push_back(bound);
    }

    void add_cell(std::int64_t truth) {
        low_.push_back(0);
        high_.push_back(100'000);
        truth_.push_back(truth);
    }

    void narrow() {
        for (const Bound& bound : bounds_) {
            std::int64_t least = 0;
            std::int64_t most = 0;
            for (std::size_t i = 0; i < bound.cells.size(); ++i) {
                least += bound.worth[i] * low_[bound.cells[i]];
                most += bound.worth[i] * high_[bound.cells[i]];
            }
            for (std::size_t i = 0; i < bound.cells.size(); ++i) {
                const std::size_t cell = bound.cells[i];
                const std::int64_t worth = bound.worth[i];
                const std::int64_t others_least = least - worth * low_[cell];
                const std::int64_t others_most = most - worth * high_[cell];
                const std::int64_t over = bound.from - others_most;
                if (over > 0) {
                    low_[cell] = std::max(low_[cell], (over + worth - 1) / worth);
                }
                high_[cell] = std::min(high_[cell], (bound.to - others_least) / worth);
                least = others_least + worth * low_[cell];
                most = others_most + worth * high_[cell];
            }
        }
    }

    const Counts& counts_;
    const GatedYear& year_;
    std::vector<Bound> bounds_;
    std::vector<std::int64_t> low_, high_, truth_;
};

RC_GTEST_PROP(GatedPages, EveryPageFileAndMonthShowsAFigureTheSame, ()) {
    Reader reader;
    reader.read_all(any_counts());
    RC_ASSERT(reader.seen().size() > 10);
}

RC_GTEST_PROP(GatedPages, AllThatIsShownTogetherLeavesASmallCountThreeValues, ()) {
    const Counts counts = any_counts();
    Reader reader;
    reader.read_all(counts);
    RC_ASSERT(Arithmetic(counts, reader.year()).fewest_left() >= policy.fewest_values);
}

RC_GTEST_PROP(GatedPages, TheComparisonOfPracticesBesidesLeavesASmallCountThreeValues, ()) {
    const Counts counts = any_counts();
    Reader reader;
    reader.read_all(counts);
    Arithmetic arithmetic(counts, reader.year());
    arithmetic.read_measure_too(*rc::gen::inRange<std::size_t>(0, lines.size()));
    RC_ASSERT(arithmetic.fewest_left() >= policy.fewest_values);
}

// Gated on its own, each month's table is safe; two of them together were not: the account's cost
// less its large line is three times a single price.
TEST(GatedPages, ThePracticesCostInTheSummaryDoesNotGiveAwayALineOfItsStatement) {
    const Counts counts = {{{40, 3, 200}, {50, 60, 200}, {50, 60, 200}}};
    const auto month = opened(counts, 0);
    const auto year = month->gated(policy);
    const ShownCell total = year->to_date({accounts[0], std::nullopt}, april);
    ASSERT_TRUE(total.money.has_value());
    EXPECT_GE(total.money_rounded_to, policy.round_money_to);
    EXPECT_TRUE(year->to_date({accounts[0], BudgetLine::maternity}, april).is_hidden());
    // The other practices have no small number: theirs are whole.
    EXPECT_EQ(year->to_date({accounts[1], std::nullopt}, april).money_rounded_to, Pence());
}

TEST(GatedPages, AnEarlierMonthIsShownAsTheLatestClosingHasIt) {
    const Counts at_first = {{{40, 30, 200}, {50, 60, 200}, {50, 60, 200}}};
    // By the next closing a late record of April has come.
    const Counts later = {{{41, 30, 200}, {50, 60, 200}, {50, 60, 200}},
                          {{40, 30, 200}, {50, 60, 200}, {50, 60, 200}}};
    const auto april_then = opened(at_first, 0);
    const auto may = opened(later, 1);
    const auto year = may->gated(policy);
    const auto text = gated_statement_page({*april_then, *may, *year}, "X90001", false);
    ASSERT_TRUE(text.ok()) << text.problem().says;
    const json::object page = json::parse(*text).as_object();
    const auto& rows = page.at("rows").as_array();
    const auto* elective = std::ranges::find_if(
        rows, [](const json::value& row) { return row.at("code").as_string() == "elective"; });
    ASSERT_NE(elective, rows.end());
    EXPECT_EQ(elective->at("year_to_date").at("cost_pence").as_int64(),
              41 * price_of(BudgetLine::elective).count());
    EXPECT_NE(page.at("gate_says").as_string().find("closing of May 2017"), std::string_view::npos);
}

TEST(GatedPages, APackLineHasNoWorkingHere) {
    const Counts counts = {{{40, 30, 200}, {50, 60, 200}, {50, 60, 200}}};
    const auto month = opened(counts, 0);
    const auto year = month->gated(policy);
    const auto why = gated_why_page({*month, *month, *year}, "X90001", "pack_1");
    ASSERT_FALSE(why.ok());
    EXPECT_EQ(why.problem().kind, ProblemKind::not_found);
}

}  // namespace
}  // namespace purse
