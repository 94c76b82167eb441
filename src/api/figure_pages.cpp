#include "api/figure_pages.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "api/dialogue_pages.hpp"
#include "api/practice_states.hpp"
#include "api/workings.hpp"
#include "render/rendering.hpp"

namespace purse {

namespace {

namespace json = boost::json;

json::value pence(const std::optional<Pence>& amount) {
    return amount ? json::value(amount->count()) : json::value(nullptr);
}

// The least final state of what is loaded; none when nothing is.
DataState least_final(const std::vector<DataStatus>& data) {
    DataState least = DataState::none;
    for (const DataStatus& status : data) {
        if (status.state == DataState::none) continue;
        least = least == DataState::none ? status.state : std::min(least, status.state);
    }
    return least;
}

json::object data_status(const DataStatus& status) {
    return {{"data_set", short_name(status.set)},
            {"month", to_text(status.month)},
            {"state", in_words(status.state)}};
}

// One account's rows of each of the series' months, by code.
class Series {
  public:
    Series(const OpenedMonth& month, const Account& account) {
        for (const MonthOfSeries& one : month.series()) add(one, account);
    }
    [[nodiscard]] json::array of(const std::string& code) const {
        json::array points;
        for (const auto& [head, rows] : months_) {
            json::object point = head;
            const auto found = rows.find(code);
            if (found == rows.end() || !found->second.loaded) {
                point["activity"] = nullptr;
                point["cost_pence"] = nullptr;
            } else {
                const StatementRow& row = found->second;
                point["activity"] =
                    row.one_kind ? json::value(row.month.activity) : json::value(nullptr);
                point["cost_pence"] = row.month.cost.count();
            }
            points.push_back(std::move(point));
        }
        return points;
    }

  private:
    void add(const MonthOfSeries& one, const Account& account) {
        const json::object head{{"month", to_text(one.month)},
                                {"state", in_words(least_final(one.setting.data))}};
        std::map<std::string, StatementRow> rows;
        if (one.closing > 0) {
            const auto figures = one.accounts.find(account);
            Statement statement = make_statement(
                account, figures == one.accounts.end() ? AccountMonth{} : figures->second,
                one.setting);
            for (StatementRow& row : statement.rows) rows.emplace(row.code, row);
            rows.emplace(statement.total.code, statement.total);
        }
        months_.emplace_back(head, std::move(rows));
    }
    std::vector<std::pair<json::object, std::map<std::string, StatementRow>>> months_;
};

json::object working_object(const Working& working) {
    json::array steps;
    for (const Step& step : working.steps) {
        steps.push_back(json::object{{"says", step.says},
                                     {"arithmetic", step.arithmetic},
                                     {"amount_pence", pence(step.amount)},
                                     {"source", json::object{{"document", step.source.document},
                                                             {"place", step.source.place}}}});
    }
    return {{"title", working.title},
            {"steps", std::move(steps)},
            {"result_pence", working.result.count()}};
}

// The consultants' referrals have no cost, and so no working.
void add_working(json::object& row, const MonthReports& reports, const std::string& account) {
    const std::string code(row.at("code").as_string());
    const auto answer = why_without_records(reports, account, code);
    if (answer) row["working"] = working_object(answer->working);
}

void add_heading(json::object& page, const OpenedMonth& month) {
    page["month_in_words"] = in_words(month.month());
    page["closed_at"] = month.closed_at();
}

json::object record_object(const WhyRecord& record) {
    return {{"data_set", record.data_set},
            {"batch", record.batch},
            {"line", record.line},
            {"record_id", record.record_id},
            {"month", to_text(record.month)},
            {"provider", record.provider},
            {"what", record.what},
            {"outcome", record.outcome},
            {"price_pence", record.price.count()},
            {"price_in_words",
             record.fine_price.empty() ? in_pounds(record.price) : record.fine_price}};
}

}  // namespace

std::string months_page(const std::vector<ClosedMonth>& months) {
    json::array items;
    for (const ClosedMonth& month : months) {
        json::array data;
        for (const DataStatus& status : month.data) data.push_back(data_status(status));
        items.push_back(json::object{{"month", to_text(month.month)},
                                     {"in_words", in_words(month.month)},
                                     {"financial_year", to_text(month.month.financial_year())},
                                     {"closing", month.closing},
                                     {"closed_at", month.closed_at},
                                     {"state", in_words(least_final(month.data))},
                                     {"data", std::move(data)}});
    }
    return json::serialize(json::object{{"items", std::move(items)}});
}

Result<std::string> statement_page(const OpenedMonth& month, const std::string& account,
                                   bool explain) {
    const auto statement = statement_of(month.reports(), account);
    if (!statement) return statement.problem();
    json::object page = json::parse(as_json(*statement)).as_object();
    add_heading(page, month);
    const Series series(month, Account(account));
    const auto complete = [&](json::object& row) {
        row["series"] = series.of(std::string(row.at("code").as_string()));
        if (explain) add_working(row, month.reports(), account);
    };
    for (json::value& row : page["rows"].as_array()) complete(row.as_object());
    complete(page["total"].as_object());
    return json::serialize(page);
}

namespace {

json::object state_object(const PracticeDataState& state) {
    json::array missing;
    for (const DataSet set : state.missing) missing.emplace_back(in_words(set));
    return {{"state", in_words(state.state)},
            {"missing", std::move(missing)},
            {"rejected", state.rejected}};
}

// What a practice's row has beside its figures.
void complete(json::object& row, const MonthReports& reports, const DialogueStatus* year,
              const std::map<Account, PracticeDataState>& states) {
    const std::string code(row.at("code").as_string());
    const auto list = reports.lists.find(Account(code));
    row["list_size"] =
        list == reports.lists.end() ? json::value(nullptr) : json::value(list->second);
    row["budget"] = nullptr;
    row["data"] = nullptr;
    if (const auto state = states.find(Account(code));
        state != states.end() && row.at("is_practice").as_bool()) {
        row["data"] = state_object(state->second);
    }
    if (year == nullptr) return;
    const auto standing = std::ranges::find_if(
        year->practices, [&](const auto& practice) { return practice.practice.text() == code; });
    if (standing != year->practices.end()) {
        row["budget"] = json::parse(budget_state_json(*standing));
    }
}

void explain_summary(json::object& page, const MonthReports& reports, const Summary& summary) {
    const auto put = [&](json::value& row, const Working& working) {
        row.as_object()["working"] = working_object(working);
    };
    json::array& practices = page["practices"].as_array();
    for (std::size_t at = 0; at < summary.rows.size(); ++at) {
        put(practices[at], account_working(reports, summary.rows[at]));
    }
    json::array& lines = page["lines"].as_array();
    for (std::size_t at = 0; at < summary.lines.size(); ++at) {
        if (summary.lines[at].code == "consultant_referrals") continue;  // it has no cost
        put(lines[at], line_working(reports, summary.lines[at]));
    }
    put(page["practices_total"],
        accounts_working(reports, summary.practices,
                         [](const Account& account) { return !is_unattributed(account); }));
    put(page["unattributed_total"],
        accounts_working(reports, summary.unattributed,
                         [](const Account& account) { return is_unattributed(account); }));
    put(page["total"],
        accounts_working(reports, summary.total, [](const Account&) { return true; }));
}

}  // namespace

std::string summary_page(const OpenedMonth& month, const DialogueStatus* year,
                         const std::string& allocation, bool explain) {
    const Summary summary = summary_of(month.reports());
    json::object page = json::parse(as_json(summary)).as_object();
    add_heading(page, month);
    Statement any;
    any.month = summary.month;
    for (const DataStatus& status : summary.data) {
        if (status.month.financial_year() == any.month.financial_year()) {
            any.data.push_back(status);
        }
    }
    page["data_says"] = data_sentence(any);
    page["allocation"] = json::parse(allocation);
    const auto states = practice_states(month.reports());
    for (json::value& row : page["practices"].as_array()) {
        complete(row.as_object(), month.reports(), year, states);
    }
    if (explain) explain_summary(page, month.reports(), summary);
    return json::serialize(page);
}

std::string why_page(const Why& why, const std::string& hidden) {
    json::object page = working_object(why.working);
    json::array records;
    for (const WhyRecord& record : why.records) records.push_back(record_object(record));
    page["records"] = std::move(records);
    page["records_hidden"] = hidden.empty() ? json::value(nullptr) : json::value(hidden);
    page["records_in_all"] =
        hidden.empty() ? json::value(why.records_in_all) : json::value(nullptr);
    return json::serialize(page);
}

std::string working_page(const Working& working) {
    return json::serialize(working_object(working));
}

std::string practices_page(const std::vector<SitePractice>& practices, const std::string& next) {
    json::array items;
    for (const SitePractice& practice : practices) {
        json::object one{{"code", practice.code.text()},
                         {"name", practice.name},
                         {"network", nullptr},
                         {"patients", nullptr},
                         {"list_of", nullptr}};
        if (!practice.network.empty()) one["network"] = practice.network.text();
        if (practice.patients) one["patients"] = practice.patients->whole();
        if (practice.list_of) one["list_of"] = to_text(*practice.list_of);
        items.push_back(std::move(one));
    }
    return json::serialize(
        json::object{{"items", std::move(items)},
                     {"next", next.empty() ? json::value(nullptr) : json::value(next)}});
}

}  // namespace purse
