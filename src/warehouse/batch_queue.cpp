#include "warehouse/batch_queue.hpp"

#include <stdexcept>

#include "base/check.hpp"

namespace purse {

void BatchQueue::put(std::uint64_t sequence, PackedBatch batch) {
    std::vector<Group> closed;
    {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this, sequence] {
            return abandoned_ || queued_bytes_ < most_bytes_ || sequence == next_;
        });
        if (abandoned_) throw std::runtime_error(why_);
        CHECK(sequence >= next_);
        queued_bytes_ += batch.bytes;
        CHECK(waiting_.emplace(sequence, std::move(batch)).second);
        while (!waiting_.empty() && waiting_.begin()->first == next_) {
            open_rows_ += waiting_.begin()->second.rows;
            if (waiting_.begin()->second.rows > 0) {
                open_.batches.push_back(std::move(waiting_.begin()->second));
            }
            waiting_.erase(waiting_.begin());
            ++next_;
            if (open_rows_ >= group_rows_) close_group(closed);
        }
        changed_.notify_all();
    }
    for (const Group& group : closed) write(group);
}

void BatchQueue::close_group(std::vector<Group>& closed) {
    const std::uint64_t number = open_.number;
    closed.push_back(std::move(open_));
    open_ = Group{.number = number + 1, .batches = {}};
    open_rows_ = 0;
}

void BatchQueue::write(const Group& group) {
    try {
        write_in_order(group.number, RowGroup(group.batches));
    } catch (const std::exception& why) {
        abandon(why.what());
        throw;
    }
    const std::lock_guard lock(mutex_);
    for (const PackedBatch& batch : group.batches) queued_bytes_ -= batch.bytes;
    changed_.notify_all();
}

void BatchQueue::write_in_order(std::uint64_t number, RowGroup encoded) {
    const std::lock_guard lock(writing_);
    encoded_.emplace(number, std::move(encoded));
    for (auto next = encoded_.begin(); next != encoded_.end() && next->first == next_group_;
         next = encoded_.begin()) {
        writer_.add(std::move(next->second));
        encoded_.erase(next);
        ++next_group_;
    }
}

void BatchQueue::finish() {
    if (abandoned_) throw std::runtime_error(why_);
    CHECK(waiting_.empty());
    if (!open_.batches.empty()) write(open_);
    writer_.finish();
}

void BatchQueue::abandon(std::string why) {
    const std::lock_guard lock(mutex_);
    if (!abandoned_) why_ = std::move(why);
    abandoned_ = true;
    changed_.notify_all();
}

}  // namespace purse
