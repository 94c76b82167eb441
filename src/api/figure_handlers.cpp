#include <fmt/format.h>

#include <algorithm>

#include "api/compressed.hpp"
#include "api/dialogue_pages.hpp"
#include "api/figure_pages.hpp"
#include "api/gated_pages.hpp"
#include "api/handlers.hpp"
#include "api/tables.hpp"
#include "render/rendering.hpp"

namespace purse {

namespace {

HttpResponse shared_json(std::shared_ptr<const std::string> text) {
    HttpResponse response;
    response.content_type = "application/json";
    response.body = std::move(text);
    return response;
}

// A text that its month keeps, compressed for browsers; so compressed it is kept too.
Result<HttpResponse> kept_json(const Asked& asked, const OpenedMonth& month,
                               const std::string& name, std::shared_ptr<const std::string> text) {
    if (!takes_gzip(asked.request)) {
        auto plain = shared_json(std::move(text));
        plain.with("Vary", "Accept-Encoding");
        return with_etag(std::move(plain), asked.request);
    }
    const auto packed =
        month.page(name + " gzipped", [&]() -> Result<std::string> { return gzipped(*text); });
    if (!packed) return packed.problem();
    auto response = shared_json(*packed);
    response.with("Content-Encoding", "gzip").with("Vary", "Accept-Encoding");
    return with_etag(std::move(response), asked.request);
}

bool contains_word(std::string_view text, std::string_view word) {
    const auto same = [](char a, char b) {
        return std::tolower(static_cast<unsigned char>(a)) ==
               std::tolower(static_cast<unsigned char>(b));
    };
    return !std::ranges::search(text, word, same).empty() || word.empty();
}

Problem gated_file_is_a_table() {
    return bad_input(
        "your role does not see small numbers: what it may see can be had as csv or xlsx");
}

bool is_explained(const Asked& asked) { return asked.text("explain") == "1"; }

// The latest closed month of the month's year, whose figures all gated pages of the year are of.
Result<Opened> opened_latest(Office& office, const Opened& month) {
    return office.months.open_latest_of_year(office.site, month->month());
}

// A gated page's text, kept with the closing that it is of.
Result<std::shared_ptr<const std::string>> gated_text(
    Office& office, const Opened& month, const std::string& name,
    const std::function<Result<std::string>(const GatedMonth&)>& make) {
    const auto latest = opened_latest(office, month);
    if (!latest) return latest.problem();
    const auto year = (*latest)->gated(office.access.disclosure);
    return (*latest)->page(fmt::format("gated {} {} {}", to_text(month->month()),
                                       month->reports().closing.sequence, name),
                           [&] { return make({*month, **latest, *year}); });
}

Result<HttpResponse> gated_statement(Office& office, const Asked& asked, const Opened& month,
                                     TableFormat format) {
    if (format == TableFormat::html) return gated_file_is_a_table();
    const std::string& account = asked.in_path.at("practice");
    const bool explain = is_explained(asked);
    const auto page = gated_text(
        office, month, "statement " + account + (explain ? " explained" : ""),
        [&](const GatedMonth& gated) { return gated_statement_page(gated, account, explain); });
    if (!page) return page.problem();
    if (format == TableFormat::json) return with_etag(shared_json(*page), asked.request);
    return table_download(gated_statement_table(**page, office.access.disclosure), format,
                          account + "-" + to_text(month->month()),
                          {account + ", year to " + in_words(month->month()),
                           "Small numbers are left out (*), other counts rounded."});
}

Result<HttpResponse> gated_why(Office& office, const Asked& asked, const Opened& month,
                               TableFormat format) {
    const std::string& account = asked.in_path.at("practice");
    const std::string& line = asked.in_path.at("line");
    const auto page =
        gated_text(office, month, "why " + account + " " + line,
                   [&](const GatedMonth& gated) { return gated_why_page(gated, account, line); });
    if (!page) return page.problem();
    if (format == TableFormat::json) return shared_json(*page);
    return table_download(gated_why_table(**page, office.access.disclosure), format,
                          fmt::format("{}-{}-{}", account, line, to_text(month->month())),
                          {account + ", " + line + ", year to " + in_words(month->month())});
}

void audit_rows(const Office& office, const Asked& asked, const std::string& detail) {
    office.site_for(asked).decisions().record_audit(
        {std::string(to_text(Action::read_patient_rows)), asked.in_path.at("practice"), detail});
}

// The working, with at most `most` records where the asker may see them (0: all of them).
Result<Why> why_asked(Office& office, const Asked& asked, const OpenedMonth& month,
                      std::optional<std::size_t> most) {
    const std::string& account = asked.in_path.at("practice");
    const std::string& line = asked.in_path.at("line");
    if (!most) return why_without_records(month.reports(), account, line);
    auto answer = why(office.site, month.reports(), account, line, *most);
    if (answer) audit_rows(office, asked, fmt::format("{} {}", to_text(month.month()), line));
    return answer;
}

// The record that the account's year to date holds, or why there is none.
Result<RecordQuestion> record_of_account(const Office& office, const OpenedMonth& month,
                                         const std::string& account, const std::string& record,
                                         DataSet set) {
    const auto all = why(office.site, month.reports(), account, "total", 0);
    if (!all) return all.problem();
    const auto found = std::ranges::find_if(all->records, [&](const WhyRecord& one) {
        return one.record_id == record && one.data_set == short_name(set);
    });
    if (found == all->records.end()) {
        return not_found(fmt::format("{} has no record '{}' in the year to {}", account, record,
                                     in_words(month.month())));
    }
    return RecordQuestion{record, set, BatchNumber{found->batch}};
}

std::string allocation_json(const Office& office, FinancialYear year) {
    const Register& decisions = office.site.decisions();
    auto draft = decisions.last_offered_draft(year);
    if (!draft) {
        const auto drafts = decisions.drafts(year);
        if (drafts.empty()) return "null";
        draft = drafts.back();
    }
    return draft_json(sum_of(*draft, decisions.draft_amounts(draft->number),
                             decisions.draft_totals(draft->number)));
}

}  // namespace

Result<HttpResponse> list_months(Office& office, const Asked& /*asked*/) {
    return json_response(months_page(office.months.closed(office.site)));
}

Result<HttpResponse> list_practices(Office& office, const Asked& asked) {
    const auto format = format_asked(asked.request, false);
    if (!format) return format.problem();
    const auto limit = asked.count("limit", 1, 500, 100);
    if (!limit) return limit.problem();
    const std::string after = asked.text("cursor");
    const std::string word = asked.text("q");
    const auto names = office.directory.names(office.site, asked.today());
    std::vector<SitePractice> found;
    for (const SitePractice& practice : names->practices) {
        if (contains_word(practice.code.text() + " " + practice.name, word)) {
            found.push_back(practice);
        }
    }
    if (*format != TableFormat::json) {
        return table_download(table_of(found), *format, "practices",
                              {office.site.settings().name + ": practices"});
    }
    std::erase_if(found, [&](const auto& practice) { return practice.code.text() <= after; });
    const bool more = found.size() > *limit;
    if (more) found.resize(*limit);
    return json_response(practices_page(found, more ? found.back().code.text() : ""));
}

Result<HttpResponse> read_statement(Office& office, const Asked& asked) {
    const auto format = format_asked(asked.request, true);
    if (!format) return format.problem();
    const auto month = opened_month(office, asked);
    if (!month) return month.problem();
    const std::string& account = asked.in_path.at("practice");
    if (!sees_small_counts(office, asked)) return gated_statement(office, asked, *month, *format);
    if (*format != TableFormat::json) {
        const auto statement = statement_of((*month)->reports(), account);
        if (!statement) return statement.problem();
        return report_download(*statement, *format, account + "-" + to_text((*month)->month()));
    }
    const bool explain = is_explained(asked);
    const std::string name = "statement " + account + (explain ? " explained" : "");
    const auto page =
        (*month)->page(name, [&] { return statement_page(**month, account, explain); });
    if (!page) return page.problem();
    return kept_json(asked, **month, name, *page);
}

Result<HttpResponse> why_line(Office& office, const Asked& asked) {
    const auto format = format_asked(asked.request, false);
    if (!format) return format.problem();
    const auto most = asked.count("records", 0, 1000, 20);
    if (!most) return most.problem();
    const auto month = opened_month(office, asked);
    if (!month) return month.problem();
    if (!sees_small_counts(office, asked)) return gated_why(office, asked, *month, *format);
    const auto entitled = may(office, asked, Action::read_patient_rows);
    if (*format != TableFormat::json) {
        if (!entitled) return entitled.problem();
        const auto all = why_asked(office, asked, **month, 0);
        if (!all) return all.problem();
        return table_download(table_of(*all), *format,
                              fmt::format("{}-{}-{}", asked.in_path.at("practice"),
                                          asked.in_path.at("line"), to_text((*month)->month())),
                              {all->working.title});
    }
    // Nobody asks the desk for no records: 0 means all of them there.
    std::optional<std::size_t> wanted;
    if (entitled) wanted = std::max<std::size_t>(*most, 1);
    auto answer = why_asked(office, asked, **month, wanted);
    if (!answer) return answer.problem();
    if (*most == 0) answer->records.clear();
    return json_response(why_page(*answer, entitled ? "" : entitled.problem().says));
}

Result<HttpResponse> explain_one_record(Office& office, const Asked& asked) {
    const auto set = parse_data_set(asked.text("data_set"));
    if (!set) return set.problem();
    const auto month = opened_month(office, asked);
    if (!month) return month.problem();
    const std::string& account = asked.in_path.at("practice");
    const std::string& record = asked.in_path.at("record");
    const auto question = record_of_account(office, **month, account, record, *set);
    if (!question) return question.problem();
    const auto working = explain_record(office.site, *question);
    if (!working) return working.problem();
    audit_rows(office, asked, fmt::format("record {} of batch {}", record, question->batch->value));
    return json_response(working_page(*working));
}

Result<HttpResponse> read_summary(Office& office, const Asked& asked) {
    const auto format = format_asked(asked.request, true);
    if (!format) return format.problem();
    const auto month = opened_month(office, asked);
    if (!month) return month.problem();
    const bool all = sees_small_counts(office, asked);
    const std::string name = "summary-" + to_text((*month)->month());
    if (all && *format != TableFormat::json) {
        return report_download(summary_of((*month)->reports()), *format, name);
    }
    if (*format == TableFormat::html) return gated_file_is_a_table();
    const FinancialYear year = (*month)->month().financial_year();
    const auto status = dialogue_status(office.site, year, asked.today());
    const DialogueStatus* dialogues = status ? &*status : nullptr;
    const std::string allocation = allocation_json(office, year);
    if (all) {
        return with_etag(
            json_response(summary_page(**month, dialogues, allocation, is_explained(asked))),
            asked.request);
    }
    const auto latest = opened_latest(office, *month);
    if (!latest) return latest.problem();
    const auto gated = (*latest)->gated(office.access.disclosure);
    const std::string page =
        gated_summary_page({**month, **latest, *gated}, dialogues, allocation, is_explained(asked));
    if (*format == TableFormat::json) return with_etag(json_response(page), asked.request);
    return table_download(gated_summary_table(page, office.access.disclosure), *format, name,
                          {office.site.settings().name + ", year to " + in_words((*month)->month()),
                           "Small numbers are left out (*)."});
}

}  // namespace purse
