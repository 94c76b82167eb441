#include "register/closings.hpp"

#include <algorithm>
#include <map>

#include "register/state.hpp"

namespace purse {

namespace {

constexpr std::string_view closing_columns =
    "number, month, sequence, closed_at, folder, cube_path, cube_checksum, charges_path,"
    " charges_checksum, other_inputs";
constexpr std::string_view closing_types = "ntnttttttt";

Closing closing_in(const SqlRow& row) {
    NewClosing closing;
    closing.month = stored(parse_month(text_in(row, 1)));
    closing.closed_at = text_in(row, 3);
    closing.folder = text_in(row, 4);
    closing.cube = {text_in(row, 5), text_in(row, 6)};
    closing.charges = {text_in(row, 7), text_in(row, 8)};
    closing.other_inputs = text_in(row, 9);
    return {.sequence = static_cast<int>(number_in(row, 2)), .closing = std::move(closing)};
}

void read_details(Session& session, std::int64_t number, NewClosing& closing) {
    for (const SqlRow& row : session.rows(
             "select batch, provider from closing_batch where closing = ?", "nt", {number})) {
        closing.batches.push_back({{number_in(row, 0)}, ProviderCode(text_in(row, 1))});
    }
    std::sort(closing.batches.begin(), closing.batches.end());
    for (const SqlRow& row : session.rows(
             "select year, version from closing_tariff where closing = ?", "nt", {number})) {
        closing.tariffs.push_back(
            {FinancialYear(static_cast<int>(number_in(row, 0))), text_in(row, 1)});
    }
    std::sort(closing.tariffs.begin(), closing.tariffs.end());
    for (const SqlRow& row :
         session.rows("select stage, row_count, thousandths from control_total where closing = ?"
                      " order by place",
                      "tnn", {number})) {
        closing.totals.push_back(
            {text_in(row, 0), number_in(row, 1), FinePence(number_in(row, 2))});
    }
    for (const SqlRow& row : session.rows(
             "select name, path, checksum from closing_paper where closing = ? order by name",
             "ttt", {number})) {
        closing.papers.push_back({text_in(row, 0), {text_in(row, 1), text_in(row, 2)}});
    }
}

std::vector<Closing> closings_where(Session& session, std::string_view rest, const SqlRow& values) {
    std::vector<Closing> found;
    for (const SqlRow& row : session.rows(
             "select " + std::string(closing_columns) + " from closing " + std::string(rest),
             closing_types, values)) {
        found.push_back(closing_in(row));
        read_details(session, number_in(row, 0), found.back().closing);
    }
    return found;
}

std::optional<Closing> latest(Session& session, Month month) {
    auto found =
        closings_where(session, "where month = ? order by sequence desc limit 1", {to_text(month)});
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

template <class T>
std::vector<T> sorted(std::vector<T> items) {
    std::sort(items.begin(), items.end());
    return items;
}

bool same_inputs(const NewClosing& before, const NewClosing& now) {
    return before.batches == sorted(now.batches) && before.tariffs == sorted(now.tariffs) &&
           before.other_inputs == now.other_inputs;
}

void add_head(Session& session, std::int64_t number, const Closing& added) {
    const NewClosing& closing = added.closing;
    session.insert(
        "closing", closing_columns,
        std::vector<SqlRow>{{number, to_text(closing.month), std::int64_t{added.sequence},
                             closing.closed_at, closing.folder.generic_string(),
                             closing.cube.path.generic_string(), closing.cube.checksum,
                             closing.charges.path.generic_string(), closing.charges.checksum,
                             closing.other_inputs}});
}

void add_details(Session& session, std::int64_t number, const NewClosing& closing) {
    std::vector<SqlRow> batches;
    for (const ClosingBatch& part : closing.batches) {
        batches.push_back({number, part.batch.value, part.provider.text()});
    }
    session.insert("closing_batch", "closing, batch, provider", batches);
    std::vector<SqlRow> tariffs;
    for (const ClosingTariff& tariff : closing.tariffs) {
        tariffs.push_back({number, std::int64_t{tariff.year.starts()}, tariff.version});
    }
    session.insert("closing_tariff", "closing, year, version", tariffs);
    std::vector<SqlRow> totals;
    for (const ControlTotal& total : closing.totals) {
        totals.push_back({number, static_cast<std::int64_t>(totals.size() + 1), total.stage,
                          total.rows, total.money.thousandths()});
    }
    session.insert("control_total", "closing, place, stage, row_count, thousandths", totals);
    std::vector<SqlRow> papers;
    for (const ClosingPaper& paper : closing.papers) {
        papers.push_back(
            {number, paper.name, paper.file.path.generic_string(), paper.file.checksum});
    }
    session.insert("closing_paper", "closing, name, path, checksum", papers);
}

}  // namespace

Result<RecordedClosing> Register::record_closing(const NewClosing& closing) {
    return state_->store.write(
        "record a closing", [&](Session& session) -> Result<RecordedClosing> {
            auto before = latest(session, closing.month);
            if (before && same_inputs(before->closing, closing)) {
                return RecordedClosing{std::move(*before), true};
            }
            Closing added{.sequence = before ? before->sequence + 1 : 1, .closing = closing};
            std::sort(added.closing.batches.begin(), added.closing.batches.end());
            std::sort(added.closing.tariffs.begin(), added.closing.tariffs.end());
            const std::int64_t number = next_number(session, "closing");
            add_head(session, number, added);
            add_details(session, number, closing);
            add_to_trail(session, actor_,
                         {"close_month", to_text(closing.month),
                          "closing " + std::to_string(added.sequence)},
                         closing.closed_at);
            return RecordedClosing{std::move(added), false};
        });
}

std::optional<Closing> Register::latest_closing(Month month) const {
    return state_->store.read("read a closing",
                              [&](Session& session) { return latest(session, month); });
}

std::vector<Closing> Register::closings() const {
    return state_->store.read("read its closings", [](Session& session) {
        return closings_where(session, "order by month, sequence", {});
    });
}

}  // namespace purse
