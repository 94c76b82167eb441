#include "desk/verifying.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "base/digest.hpp"
#include "desk/closes.hpp"
#include "desk/statements.hpp"
#include "desk/verifying_challenges.hpp"
#include "desk/verifying_dialogues.hpp"

namespace purse {

namespace fs = std::filesystem;

namespace {

Verification::Check check_file(const Site& site, const StoredFile& file) {
    Verification::Check check;
    check.what = file.path.string();
    const auto digest = digest_of_file(site.folder() / file.path);
    if (!digest) {
        check.says = "the file is missing or cannot be read: restore it from a backup";
    } else if (*digest != file.checksum) {
        check.says = "the file is not as it was stored: restore it from a backup";
    } else {
        check.good = true;
    }
    return check;
}

Verification::Check check_batch(const BatchInfo& batch) {
    const NewBatch& load = batch.load;
    Verification::Check check;
    check.what =
        fmt::format("batch {}: rows and money in = accepted + rejected", batch.number.value);
    FinePence parts = load.money.accepted;
    parts += load.money.rejected;
    check.good = load.rows.in == load.rows.accepted + load.rows.rejected && load.money.in == parts;
    if (!check.good) {
        check.says = fmt::format("{} in, {} accepted, {} rejected", load.rows.in,
                                 load.rows.accepted, load.rows.rejected);
    }
    return check;
}

// The snapshot's digest is the first part of the digest of the closing's other inputs.
StoredFile snapshot_of(const Closing& closing) {
    return {closing.closing.folder / "snapshot.csv", closing.closing.other_inputs.substr(0, 64)};
}

// Stages of a closing are "data set: in" and "data set: <outcome>"; what goes in comes out.
Verification::Check check_closing(const Closing& closing) {
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> rows;
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> money;
    for (const ControlTotal& total : closing.closing.totals) {
        if (total.stage == payable_stage) continue;
        const auto colon = total.stage.find(": ");
        const std::string set = total.stage.substr(0, colon);
        const bool in = total.stage.ends_with(": in");
        (in ? rows[set].first : rows[set].second) += total.rows;
        (in ? money[set].first : money[set].second) += total.money.thousandths();
    }
    Verification::Check check;
    check.what = fmt::format("closing {} of {}: rows and money in = out", closing.sequence,
                             to_text(closing.closing.month));
    check.good =
        std::ranges::all_of(
            rows, [](const auto& entry) { return entry.second.first == entry.second.second; }) &&
        std::ranges::all_of(
            money, [](const auto& entry) { return entry.second.first == entry.second.second; });
    if (!check.good) check.says = "the control totals of the closing do not add up";
    return check;
}

// What the cube's records of the year to date come to, prescribing rounded as statements round it.
Pence records_in(const std::vector<CubeRow>& cube, Month month) {
    Pence sum;
    std::map<std::tuple<Account, BudgetLine, Month>, FinePence> fine;
    for (const CubeRow& row : cube) {
        if (row.month > month || row.month.financial_year() != month.financial_year()) continue;
        sum += row.full;
        if (row.set == DataSet::prescribing && counts_as_activity(row)) {
            fine[{row.account, row.line, row.month}] += row.fine_cost;
        }
    }
    for (const auto& [key, cost] : fine) sum += rounded(cost, Rounding::half_up);
    return sum;
}

// Records and block contracts make the statements, to the penny, lines outside the budgets with
// them.
// None where the closing cannot be opened: the checks of its files say why.
std::optional<Verification::Check> check_statements(const Site& site, const Closing& closing) {
    const Month month = closing.closing.month;
    Verification::Check check;
    check.what = fmt::format("closing {} of {}: records + block contracts = statements",
                             closing.sequence, to_text(month));
    const auto reports = open_month(site, month, closing.sequence);
    if (!reports) return std::nullopt;
    const Pence records = records_in(*reports->cube, month);
    Pence contracts, statements;
    for (const SharedContract& one : reports->contracts) {
        if (one.contract.year == month.financial_year()) {
            contracts += contract_to_date(one.contract, month);
        }
    }
    for (const auto& [account, figures] : reports->accounts) {
        statements += figures.total().year_to_date.cost;
        for (const auto& [line, outside] : figures.outside) {
            statements += outside.figures.year_to_date.cost;
        }
    }
    check.good = records + contracts == statements;
    if (!check.good) {
        check.says = fmt::format("records {} and contracts {}, statements {}", in_pounds(records),
                                 in_pounds(contracts), in_pounds(statements));
    }
    return check;
}

Verification::Check check_audit_trail(const Site& site) {
    const auto head = site.decisions().check_audit();
    if (!head) return {.what = "audit trail", .good = false, .says = head.problem().says};
    return {.what = fmt::format("audit trail: {} entries, chained, the last {}", head->number,
                                head->number == 0 ? "none" : head->hash.substr(0, 12)),
            .good = true,
            .says = ""};
}

// Files under the site's stores that the register does not name.
std::vector<fs::path> unnamed_files(const Site& site) {
    std::set<fs::path> named;
    for (const StoredFile& file : site.decisions().stored_files()) {
        named.insert(file.path.lexically_normal());
    }
    for (const BatchInfo& batch : site.decisions().batches()) {
        named.insert(batch.load.rejects.lexically_normal());
    }
    for (const CountedExtract& one : site.decisions().counted_extracts()) {
        named.insert(fs::path(one.extract.rejects).lexically_normal());
    }
    for (const Closing& closing : site.decisions().closings()) {
        named.insert(snapshot_of(closing).path.lexically_normal());
    }
    std::vector<fs::path> unnamed;
    for (const fs::path& folder : {site.records_folder(), site.closings_folder(),
                                   site.rejects_folder(), site.staging_folder()}) {
        if (!fs::exists(folder)) continue;
        for (const auto& entry : fs::recursive_directory_iterator(folder)) {
            if (!entry.is_regular_file()) continue;
            const fs::path relative = fs::relative(entry.path(), site.folder());
            if (!named.contains(relative)) unnamed.push_back(relative);
        }
    }
    std::ranges::sort(unnamed);
    return unnamed;
}

}  // namespace

bool Verification::good() const {
    return std::ranges::all_of(checks, [](const Check& check) { return check.good; });
}

Verification verify(const Site& site) {
    Verification result;
    for (const StoredFile& file : site.decisions().stored_files()) {
        result.checks.push_back(check_file(site, file));
    }
    for (const BatchInfo& batch : site.decisions().batches()) {
        result.checks.push_back(check_batch(batch));
    }
    for (const Closing& closing : site.decisions().closings()) {
        result.checks.push_back(check_file(site, snapshot_of(closing)));
        result.checks.push_back(check_closing(closing));
        if (auto check = check_statements(site, closing)) {
            result.checks.push_back(std::move(*check));
        }
    }
    std::ranges::move(check_drafts(site), std::back_inserter(result.checks));
    std::ranges::move(check_dialogues(site), std::back_inserter(result.checks));
    std::ranges::move(check_in_year_changes(site), std::back_inserter(result.checks));
    std::ranges::move(check_challenges(site), std::back_inserter(result.checks));
    result.checks.push_back(check_audit_trail(site));
    for (const fs::path& file : unnamed_files(site)) result.orphans.push_back(file.string());
    return result;
}

std::vector<std::string> clean(const Site& site) {
    std::vector<std::string> removed;
    for (const fs::path& file : unnamed_files(site)) {
        fs::remove(site.folder() / file);
        removed.push_back(file.string());
    }
    return removed;
}

}  // namespace purse
