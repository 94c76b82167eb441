#include "desk/charged_batches.hpp"

#include <set>

#include "base/check.hpp"

namespace purse {

namespace {

std::vector<ChargedBatch> charged_batches(const Site& site, const NewClosing& closing,
                                          bool prescribing) {
    std::set<std::int64_t> numbers;
    for (const ClosingBatch& batch : closing.batches) numbers.insert(batch.batch.value);
    std::vector<ChargedBatch> batches;
    for (const std::int64_t number : numbers) {
        const auto batch = site.decisions().batch(BatchNumber{number});
        CHECK(batch.ok());
        if ((batch->load.set == DataSet::prescribing) != prescribing) continue;
        batches.push_back({batch->load.set, number, site.folder() / batch->load.records.path});
    }
    return batches;
}

}  // namespace

std::vector<ChargedBatch> batches_of_activity(const Site& site, const NewClosing& closing) {
    return charged_batches(site, closing, false);
}

std::vector<ChargedBatch> batches_of_prescribing(const Site& site, const NewClosing& closing) {
    return charged_batches(site, closing, true);
}

}  // namespace purse
