#include "warehouse/batch_queue.hpp"

#include <cerrno>
#include <stdexcept>

#include "base/check.hpp"

namespace purse {

void BatchQueue::put(std::uint64_t sequence, std::unique_ptr<ArrowBatch> batch) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this, sequence] {
        return abandoned_ || queued_bytes_ < most_bytes_ || sequence == next_;
    });
    if (abandoned_) throw std::runtime_error(why_);
    CHECK(!closed_);
    CHECK(sequence >= next_);
    queued_bytes_ += batch->bytes();
    CHECK(waiting_.emplace(sequence, std::move(batch)).second);
    changed_.notify_all();
}

std::unique_ptr<ArrowBatch> BatchQueue::take() {
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [this] {
            return abandoned_ || closed_ || (!waiting_.empty() && waiting_.begin()->first == next_);
        });
        if (abandoned_) throw std::runtime_error(why_);
        if (waiting_.empty()) return nullptr;
        CHECK(waiting_.begin()->first == next_);
        std::unique_ptr<ArrowBatch> batch = std::move(waiting_.begin()->second);
        waiting_.erase(waiting_.begin());
        queued_bytes_ -= batch->bytes();
        ++next_;
        changed_.notify_all();
        if (batch->rows() > 0) return batch;
    }
}

void BatchQueue::close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    changed_.notify_all();
}

void BatchQueue::abandon(std::string why) {
    const std::lock_guard lock(mutex_);
    if (!abandoned_) why_ = std::move(why);
    abandoned_ = true;
    changed_.notify_all();
}

BatchStream::BatchStream(DataSet set, BatchQueue& queue) : columns_(set), queue_(queue) {
    stream_.get_schema = get_schema;
    stream_.get_next = get_next;
    stream_.get_last_error = get_last_error;
    stream_.release = release;
    stream_.private_data = this;
}

int BatchStream::get_schema(ArrowArrayStream* stream, ArrowSchema* out) {
    static_cast<BatchStream*>(stream->private_data)->columns_.describe(*out);
    return 0;
}

int BatchStream::get_next(ArrowArrayStream* stream, ArrowArray* out) {
    auto& self = *static_cast<BatchStream*>(stream->private_data);
    *out = ArrowArray{};
    try {
        std::unique_ptr<ArrowBatch> batch = self.queue_.take();
        if (batch != nullptr) ArrowBatch::hand_over(std::move(batch), *out);
        return 0;
    } catch (const std::exception& fault) {
        self.last_error_ = fault.what();
        return EIO;
    }
}

const char* BatchStream::get_last_error(ArrowArrayStream* stream) {
    return static_cast<BatchStream*>(stream->private_data)->last_error_.c_str();
}

void BatchStream::release(ArrowArrayStream* stream) { stream->release = nullptr; }

}  // namespace purse
