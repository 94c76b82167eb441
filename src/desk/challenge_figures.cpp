#include "desk/challenge_figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "money/shares.hpp"
#include "warehouse/charged_records.hpp"

namespace purse {

namespace {

using FigureKey = std::tuple<Account, BudgetLine, TreatmentFunction>;
using RecordKey = std::tuple<DataSet, ProviderCode, std::string>;

// What was done by the end of the day.
std::span<const ChallengeEvent> events_by(const Challenge& challenge, Date day) {
    const auto later = std::ranges::find_if(challenge.events, [&](const ChallengeEvent& event) {
        return std::string_view(event.at).substr(0, 10) > to_text(day);
    });
    return {challenge.events.begin(), later};
}

// The months whose records a closing prices: the year to date, and last year's same months.
bool is_priced_in(Month month, Month closing) {
    const Month year_on = month + 12;
    const auto within = [&](Month one) {
        return one.financial_year() == closing.financial_year() && one <= closing;
    };
    return within(month) || within(year_on);
}

bool in_year_to_date(Month month, Month closing) {
    return month.financial_year() == closing.financial_year() && month <= closing;
}

RecordKey key_of(const NewChallenge& what) {
    return {what.record->set, what.provider, what.record->record_id};
}

// What challenged records cost in the closing, in their parts.
class RecordsNow {
  public:
    static Result<RecordsNow> of(const Site& site, const MonthReports& reports,
                                 const std::vector<Challenge>& challenges) {
        std::vector<RecordName> names;
        for (const Challenge& challenge : challenges) {
            const NewChallenge& what = challenge.what;
            if (what.record && is_priced_in(what.month, reports.setting.month)) {
                names.push_back({what.record->set, what.record->record_id});
            }
        }
        auto charged = charged_records(site.folder() / reports.closing.closing.charges.path, names,
                                       site.database_limits());
        if (!charged) return charged.problem();
        RecordsNow now;
        for (const ChargedRecord& record : *charged) {
            auto& parts = now.parts_[{record.set, record.provider, record.record_id}];
            const Pence rest = record.price - record.imaging;
            const Account holder = reports.roll_up(record.account);
            if (rest > Pence(0)) {
                parts.push_back({holder, {record.budget_line, record.treatment_function, rest}});
            }
            if (record.imaging > Pence(0)) {
                parts.push_back(
                    {holder, {BudgetLine::diagnostics, record.treatment_function, record.imaging}});
            }
        }
        return now;
    }

    // Of the challenge's record under its account; of a line, or beyond the closing, as marked.
    [[nodiscard]] std::vector<ChallengedAmount> amounts(const NewChallenge& what,
                                                        const MonthReports& reports) const {
        if (!what.record || !is_priced_in(what.month, reports.setting.month)) return what.amounts;
        std::vector<ChallengedAmount> amounts;
        const auto found = parts_.find(key_of(what));
        if (found == parts_.end()) return amounts;
        for (const auto& [holder, amount] : found->second) {
            if (holder == reports.roll_up(what.account)) amounts.push_back(amount);
        }
        return amounts;
    }

  private:
    std::map<RecordKey, std::vector<std::pair<Account, ChallengedAmount>>> parts_;
};

Pence sum_of(const std::vector<ChallengedAmount>& amounts) {
    Pence sum;
    for (const ChallengedAmount& part : amounts) sum += part.amount;
    return sum;
}

// The credits of one upheld challenge, as far as what the record costs now leaves any.
std::vector<Pence> applied(const std::vector<Correction>& corrections, Pence costs_now,
                           Pence should_cost) {
    Pence credit;
    std::vector<std::int64_t> weights;
    for (const Correction& one : corrections) {
        credit += one.credit;
        weights.push_back(one.credit.count());
    }
    const Pence left = std::clamp(costs_now - should_cost, Pence(0), credit);
    return shared_out(left, weights);
}

std::string about(const NewChallenge& what) {
    if (what.record) {
        return fmt::format("record {} of {}", what.record->record_id, what.provider.text());
    }
    return fmt::format("line {}", name_of(what.amounts.front().line).code);
}

class MonthMaker {
  public:
    MonthMaker(const MonthReports& reports, Date as_at) : reports_(reports) {
        made_.month = reports.setting.month;
        made_.as_at = as_at;
    }

    void add(const Challenge& challenge, const RecordsNow& now) {
        const auto events = events_by(challenge, made_.as_at);
        if (events.empty()) return;
        const ChallengePosition position = position_of(events);
        const auto amounts = now.amounts(challenge.what, reports_);
        if (is_open(position.state)) add_disputed(challenge.what, amounts);
        if (position.state == ChallengeState::upheld) {
            add_corrected(challenge.what, events.back(), position, sum_of(amounts));
        }
    }

    ChallengedMonth finish() {
        for (const auto& [key, sums] : sums_) {
            if (sums.is_nothing()) continue;
            const auto& [account, line, function] = key;
            made_.figures.push_back({account, line, function, sums});
        }
        return std::move(made_);
    }

  private:
    void add_disputed(const NewChallenge& what, const std::vector<ChallengedAmount>& amounts) {
        if (!in_year_to_date(what.month, made_.month)) return;
        for (const ChallengedAmount& part : amounts) {
            ChallengeSums& sums =
                sums_[{reports_.roll_up(what.account), part.line, part.treatment_function}];
            sums.disputed_to_date += part.amount;
            if (what.month == made_.month) sums.disputed_month += part.amount;
        }
    }

    void add_corrected(const NewChallenge& what, const ChallengeEvent& upheld,
                       const ChallengePosition& position, Pence costs_now) {
        const auto corrections = corrections_of(what, upheld);
        const Account holder = reports_.roll_up(what.account);
        if (*position.falls_on > made_.month) {
            made_.to_come.push_back(
                {upheld.challenge, holder, *position.falls_on, position.credit});
            return;
        }
        if (!in_year_to_date(*position.falls_on, made_.month)) return;
        const auto amounts = applied(corrections, costs_now, position.disputed - position.credit);
        for (std::size_t i = 0; i < corrections.size(); ++i) {
            const Correction& one = corrections[i];
            made_.corrections.push_back({one, holder, amounts[i], what.reason, about(what)});
            correct(holder, one, -amounts[i]);
            if (one.borne_by != "provider") correct(Account(one.borne_by), one, amounts[i]);
        }
    }

    void correct(Account account, const Correction& one, Pence change) {
        ChallengeSums& sums = sums_[{account, one.line, one.treatment_function}];
        sums.corrected_to_date += change;
        if (one.falls_on == made_.month) sums.corrected_month += change;
    }

    const MonthReports& reports_;
    std::map<FigureKey, ChallengeSums> sums_;
    ChallengedMonth made_;
};

ChallengedRow row_of(std::string code, std::string label, const ChallengeSums& sums) {
    return {std::move(code),       std::move(label),     sums.disputed_month,
            sums.disputed_to_date, sums.corrected_month, sums.corrected_to_date};
}

}  // namespace

ChallengeSums& ChallengeSums::operator+=(const ChallengeSums& other) {
    disputed_month += other.disputed_month;
    disputed_to_date += other.disputed_to_date;
    corrected_month += other.corrected_month;
    corrected_to_date += other.corrected_to_date;
    return *this;
}

bool ChallengeSums::is_nothing() const { return *this == ChallengeSums(); }

ChallengeSums ChallengedMonth::of(Account account) const {
    ChallengeSums sum;
    for (const ChallengeFigure& figure : figures) {
        if (figure.account == account) sum += figure.sums;
    }
    return sum;
}

ChallengeSums ChallengedMonth::of(Account account, BudgetLine line) const {
    ChallengeSums sum;
    for (const ChallengeFigure& figure : figures) {
        if (figure.account == account && figure.line == line) sum += figure.sums;
    }
    return sum;
}

ChallengeSums ChallengedMonth::total() const {
    ChallengeSums sum;
    for (const ChallengeFigure& figure : figures) sum += figure.sums;
    return sum;
}

Result<ChallengedMonth> challenged_month(const Site& site, const MonthReports& reports,
                                         Date as_at) {
    const auto challenges = site.decisions().challenges();
    const auto now = RecordsNow::of(site, reports, challenges);
    if (!now) return now.problem();
    MonthMaker maker(reports, as_at);
    for (const Challenge& challenge : challenges) maker.add(challenge, *now);
    return maker.finish();
}

void add_challenges(Statement& statement, const ChallengedMonth& challenged) {
    const Account account(statement.code);
    for (const BudgetLineName& line : budget_lines) {
        const ChallengeSums sums = challenged.of(account, line.line);
        if (sums.is_nothing()) continue;
        statement.challenged.push_back(
            row_of(std::string(line.code), std::string(line.name), sums));
    }
    if (!statement.challenged.empty()) {
        statement.challenged_total = row_of("total", "Total", challenged.of(account));
    }
    for (const CorrectionInForce& one : challenged.corrections) {
        if (one.account != account || one.applied == Pence(0)) continue;
        statement.corrections.push_back(
            {one.correction.challenge, std::string(name_of(one.correction.line).name),
             std::string(in_words(one.reason)), one.about, one.correction.falls_on, -one.applied});
    }
    for (const CorrectionToCome& one : challenged.to_come) {
        if (one.account == account) statement.corrections_to_come += -one.credit;
    }
    statement.challenged_as_at = challenged.as_at;
}

void add_challenges(Summary& summary, const ChallengedMonth& challenged) {
    std::map<std::string, std::string> names;
    for (const SummaryRow& row : summary.rows) names[row.code] = row.name;
    std::map<std::string, ChallengeSums> accounts;
    for (const ChallengeFigure& figure : challenged.figures) {
        accounts[figure.account.text()] += figure.sums;
    }
    for (const auto& [code, sums] : accounts) {
        summary.challenged.push_back(
            row_of(code, names.contains(code) ? names.at(code) : code, sums));
    }
    if (summary.challenged.empty()) return;
    summary.challenged_total = row_of("total", "Total", challenged.total());
    summary.challenged_as_at = challenged.as_at;
}

}  // namespace purse
