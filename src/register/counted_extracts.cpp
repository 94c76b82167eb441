#include "register/counted_extracts.hpp"

#include <algorithm>
#include <span>

#include "register/state.hpp"

namespace purse {

namespace {

constexpr std::string_view extract_columns =
    "number, kind, about, source, files, digest, layout, rows_in, accepted, rejected, passed_over,"
    " rejects, made_at, replaced_by";
constexpr std::string_view extract_types = "nttttttnnnnttn";
constexpr std::string_view referral_columns =
    "extract, month, practice, provider, specialty, priority, sex, age_from, referrals";
constexpr std::string_view waiting_columns =
    "extract, practice, provider, treatment_function, waits_for, hrg, weeks_from, waiting";

CountedExtract extract_in(const SqlRow& row) {
    CountedExtract one;
    one.number = number_in(row, 0);
    one.extract = {.kind = stored(parse_counted_kind(text_in(row, 1))),
                   .about = text_in(row, 2),
                   .source = text_in(row, 3),
                   .files = text_in(row, 4),
                   .digest = text_in(row, 5),
                   .layout = text_in(row, 6),
                   .rows = number_in(row, 7),
                   .accepted = number_in(row, 8),
                   .rejected = number_in(row, 9),
                   .passed_over = number_in(row, 10),
                   .rejects = text_in(row, 11),
                   .at = text_in(row, 12)};
    if (!is_null(row, 13)) one.replaced_by = number_in(row, 13);
    return one;
}

std::optional<CountedExtract> known(Session& session, const NewCountedExtract& extract) {
    const auto row =
        session.row("select " + std::string(extract_columns) +
                        " from counted_extract where kind = ? and about = ? and source = ?"
                        " and digest = ? and replaced_by is null",
                    extract_types,
                    {std::string(to_text(extract.kind)), storable(extract.about),
                     storable(extract.source), extract.digest});
    if (!row) return std::nullopt;
    return extract_in(*row);
}

CountedExtract added(Session& session, const NewCountedExtract& extract, const Actor& actor) {
    CountedExtract one{next_number(session, "counted_extract"), extract, {}};
    const std::string kind(to_text(extract.kind));
    session.insert(
        "counted_extract", extract_columns,
        std::vector<SqlRow>{{one.number, kind, storable(extract.about), storable(extract.source),
                             storable(extract.files), extract.digest, storable(extract.layout),
                             extract.rows, extract.accepted, extract.rejected, extract.passed_over,
                             storable(extract.rejects), extract.at, SqlValue{}}});
    session.run(
        "update counted_extract set replaced_by = ? where kind = ? and about = ? and source = ?"
        " and replaced_by is null and number < ?",
        {one.number, kind, storable(extract.about), storable(extract.source), one.number});
    add_to_trail(session, actor,
                 {"counts_imported", kind + " of " + storable(extract.about),
                  storable(extract.source) + ": " + storable(extract.files) + ", " +
                      std::to_string(extract.accepted) + " counted, " +
                      std::to_string(extract.rejected) + " rejected, as " + extract.digest},
                 extract.at);
    return one;
}

Result<RecordedExtract> recorded(Session& session, const NewCountedExtract& extract,
                                 const Actor& actor, std::string_view table,
                                 std::string_view columns, std::vector<SqlRow> rows) {
    if (auto before = known(session, extract)) return RecordedExtract{*before, true};
    RecordedExtract made{added(session, extract, actor), false};
    for (SqlRow& row : rows) row.front() = made.extract.number;
    if (!rows.empty()) session.insert(table, columns, rows);
    return made;
}

ReferralCount referral_in(const SqlRow& row) {
    ReferralCount one;
    one.month = stored(parse_month(text_in(row, 0)));
    one.practice = PracticeCode(text_in(row, 1));
    one.provider = ProviderCode(text_in(row, 2));
    one.specialty = text_in(row, 3);
    one.priority = text_in(row, 4);
    one.sex = text_in(row, 5).at(0);
    if (!is_null(row, 6)) one.age_from = static_cast<int>(number_in(row, 6));
    one.count = number_in(row, 7);
    return one;
}

std::vector<ReferralCount> referrals_where(Session& session, std::string_view condition,
                                           const SqlRow& values) {
    std::vector<ReferralCount> found;
    for (const SqlRow& row :
         session.rows("select referral_count.month, practice, provider, specialty, priority, sex,"
                      " age_from, referrals from referral_count join counted_extract on"
                      " counted_extract.number = referral_count.extract where " +
                          std::string(condition),
                      "ttttttnn", values)) {
        found.push_back(referral_in(row));
    }
    std::sort(found.begin(), found.end());
    return found;
}

}  // namespace

std::string_view to_text(CountedKind kind) {
    return kind == CountedKind::referrals ? "referrals" : "waiting_list";
}

Result<CountedKind> parse_counted_kind(std::string_view text) {
    for (const CountedKind kind : {CountedKind::referrals, CountedKind::waiting_list}) {
        if (to_text(kind) == text) return kind;
    }
    return bad_input("'" + std::string(text) + "': extracts are of referrals or waiting_list");
}

Result<RecordedExtract> Register::record_referrals(const NewCountedExtract& extract,
                                                   std::span<const ReferralCount> counts) {
    return state_->store.write("keep referrals", [&](Session& session) {
        std::vector<SqlRow> rows;
        for (const ReferralCount& one : counts) {
            rows.push_back(
                {SqlValue{}, to_text(one.month), one.practice.text(), one.provider.text(),
                 storable(one.specialty), storable(one.priority), std::string(1, one.sex),
                 one.age_from ? SqlValue{std::int64_t{*one.age_from}} : SqlValue{}, one.count});
        }
        return recorded(session, extract, actor_, "referral_count", referral_columns,
                        std::move(rows));
    });
}

Result<RecordedExtract> Register::record_waiting_list(const NewCountedExtract& extract,
                                                      std::span<const WaitingCount> counts) {
    return state_->store.write("keep a waiting list", [&](Session& session) {
        std::vector<SqlRow> rows;
        for (const WaitingCount& one : counts) {
            rows.push_back({SqlValue{}, one.practice.text(), one.provider.text(),
                            storable(one.treatment_function), storable(one.waits_for),
                            storable(one.hrg), std::int64_t{one.weeks_from}, one.count});
        }
        return recorded(session, extract, actor_, "waiting_count", waiting_columns,
                        std::move(rows));
    });
}

std::vector<CountedExtract> Register::counted_extracts() const {
    return state_->store.read("read counted extracts", [](Session& session) {
        std::vector<CountedExtract> found;
        for (const SqlRow& row : session.rows(
                 "select " + std::string(extract_columns) + " from counted_extract order by number",
                 extract_types)) {
            found.push_back(extract_in(row));
        }
        return found;
    });
}

std::vector<ReferralCount> Register::referrals(Month first, Month last) const {
    return state_->store.read("read referrals", [&](Session& session) {
        return referrals_where(session,
                               "replaced_by is null and referral_count.month >= ?"
                               " and referral_count.month <= ?",
                               {to_text(first), to_text(last)});
    });
}

std::vector<ReferralCount> Register::referrals_of(std::int64_t extract) const {
    return state_->store.read("read referrals", [&](Session& session) {
        return referrals_where(session, "counted_extract.number = ?", {extract});
    });
}

std::vector<WaitingCount> Register::waiting_of(std::int64_t extract) const {
    return state_->store.read("read a waiting list", [&](Session& session) {
        std::vector<WaitingCount> found;
        for (const SqlRow& row :
             session.rows("select practice, provider, treatment_function, waits_for, hrg,"
                          " weeks_from, waiting from waiting_count where extract = ?",
                          "tttttnn", {extract})) {
            found.push_back({PracticeCode(text_in(row, 0)), ProviderCode(text_in(row, 1)),
                             text_in(row, 2), text_in(row, 3), text_in(row, 4),
                             static_cast<int>(number_in(row, 5)), number_in(row, 6)});
        }
        std::sort(found.begin(), found.end());
        return found;
    });
}

}  // namespace purse
