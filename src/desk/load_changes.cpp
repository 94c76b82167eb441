#include "desk/load_changes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "desk/month_inputs.hpp"
#include "desk/practices.hpp"
#include "money/grouped.hpp"

namespace purse {

namespace fs = std::filesystem;

namespace {

bool shares_a_provider(const BatchInfo& a, const BatchInfo& b) {
    return std::ranges::any_of(a.load.providers, [&](const ProviderRows& one) {
        return std::ranges::any_of(b.load.providers, [&](const ProviderRows& other) {
            return one.provider == other.provider;
        });
    });
}

std::string name_of_batch(const BatchInfo& batch) {
    return fmt::format("the {} of {} (batch {})", to_text(batch.load.stage),
                       in_words(batch.load.month), batch.number.value);
}

Result<BatchInfo> later_extract(const std::vector<BatchInfo>& known,
                                const LoadChangesWanted& wanted) {
    for (auto batch = known.rbegin(); batch != known.rend(); ++batch) {
        if (!wanted.to || batch->number == *wanted.to) return *batch;
    }
    return not_found(fmt::format("{} of {} has no{} extract loaded: list them with 'purse batches'",
                                 in_words(wanted.set), in_words(wanted.month),
                                 wanted.to ? " such" : ""));
}

Result<BatchInfo> earlier_extract(const std::vector<BatchInfo>& known, const BatchInfo& to,
                                  const LoadChangesWanted& wanted) {
    for (auto batch = known.rbegin(); batch != known.rend(); ++batch) {
        if (batch->number >= to.number) continue;
        if (wanted.from ? batch->number == *wanted.from : shares_a_provider(*batch, to)) {
            return *batch;
        }
    }
    return not_found(fmt::format("there is no{} extract before {} to compare it with",
                                 wanted.from ? " such" : "", name_of_batch(to)));
}

// Only the providers of the later extract are compared: it says nothing of others.
BatchToPrice to_compare(const Site& site, const BatchInfo& batch, const BatchInfo& to,
                        const PriceBook* book) {
    BatchToPrice one;
    one.set = batch.load.set;
    one.records = site.folder() / batch.load.records.path;
    one.number = batch.number.value;
    one.book = book;
    if (one.set == DataSet::prescribing) return one;
    one.providers.emplace();
    for (const ProviderRows& part : to.load.providers) one.providers->push_back(part.provider);
    std::ranges::sort(*one.providers);
    return one;
}

Pence in_pence(FinePence cost) { return rounded(cost, Rounding::half_up); }

void add_up(LoadChanges& changes, const std::vector<BatchChange>& all) {
    struct Sum {
        std::int64_t records = 0;
        FinePence before, after;
    };
    std::map<ChangeReason, Sum> sums;
    Sum whole;
    for (const BatchChange& change : all) {
        if (changes.wanted.account && change.account != *changes.wanted.account) continue;
        for (Sum* sum : {&sums[change.reason], &whole}) {
            sum->records += change.records;
            sum->before += change.before;
            sum->after += change.after;
        }
        if (change.reason != ChangeReason::unchanged) changes.details.push_back(change);
    }
    // Running sums are rounded, not parts: so that the parts add up to the whole.
    FinePence before, after;
    for (const auto& [reason, sum] : sums) {
        const Pence before_it = in_pence(before);
        const Pence after_it = in_pence(after);
        before += sum.before;
        after += sum.after;
        changes.by_reason.push_back(
            {reason, sum.records, in_pence(before) - before_it, in_pence(after) - after_it});
    }
    changes.total.records = whole.records;
    changes.total.before = in_pence(whole.before);
    changes.total.after = in_pence(whole.after);
}

}  // namespace

std::string LoadChanges::says() const {
    std::int64_t came = 0;
    std::int64_t went = 0;
    std::int64_t changed = 0;
    for (const LoadChangeSum& sum : by_reason) {
        if (sum.reason == ChangeReason::unchanged) continue;
        if (sum.reason == ChangeReason::new_record) {
            came += sum.records;
        } else if (sum.reason == ChangeReason::removed) {
            went += sum.records;
        } else if (sum.reason != ChangeReason::moved_from || wanted.account) {
            changed += sum.records;
        }
    }
    const Pence by = total.after - total.before;
    return fmt::format(
        "From {} to {} of {}: {} records came, {} went, {} changed; the cost went from {} to {} "
        "({}{}).",
        name_of_batch(from), name_of_batch(to), in_words(wanted.set), grouped(came), grouped(went),
        grouped(changed), in_pounds(total.before), in_pounds(total.after), by > Pence(0) ? "+" : "",
        in_pounds(by));
}

Result<LoadChanges> changes_of_load(const Site& site, const LoadChangesWanted& wanted) {
    if (wanted.account) {
        if (const auto known = is_known_practice(site, *wanted.account); !known) {
            return known.problem();
        }
    }
    std::vector<BatchInfo> known = site.decisions().batches_of(wanted.month);
    std::erase_if(known, [&](const BatchInfo& batch) { return batch.load.set != wanted.set; });
    auto to = later_extract(known, wanted);
    if (!to) return to.problem();
    auto from = earlier_extract(known, *to, wanted);
    if (!from) return from.problem();
    std::shared_ptr<const PriceBook> book;
    if (wanted.set != DataSet::prescribing) {
        const auto priced = price_book_of(site, wanted.month.financial_year());
        if (!priced) return priced.problem();
        book = priced->book;
    }
    const fs::path folder =
        site.staging_folder() / fmt::format("changes-{}-{}", from->number.value, to->number.value);
    fs::remove_all(folder);
    fs::create_directories(folder);
    const auto affiliations = affiliations_of(site);
    const auto all = changes_between(to_compare(site, *from, *to, book.get()),
                                     to_compare(site, *to, *to, book.get()), *affiliations, folder,
                                     site.database_limits());
    fs::remove_all(folder);
    if (!all) return all.problem();
    LoadChanges changes;
    changes.wanted = wanted;
    changes.from = std::move(*from);
    changes.to = std::move(*to);
    add_up(changes, *all);
    return changes;
}

}  // namespace purse
