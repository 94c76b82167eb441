#include "desk/verifying.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/digest.hpp"
#include "desk/closes.hpp"
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
