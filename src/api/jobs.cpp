#include "api/jobs.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <exception>

#include "api/problem_response.hpp"
#include "desk/clock.hpp"

namespace purse {

namespace json = boost::json;

std::string_view to_text(JobState state) {
    constexpr std::array<std::string_view, 4> words = {"waiting", "running", "done", "failed"};
    return words.at(static_cast<std::size_t>(state));
}

namespace {

json::value text_or_null(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

}  // namespace

std::string job_json(const Job& job) {
    json::object object{{"job", job.number},
                        {"kind", job.kind},
                        {"title", job.title},
                        {"state", to_text(job.state)},
                        {"by", job.by},
                        {"started_at", text_or_null(job.started_at)},
                        {"ended_at", text_or_null(job.ended_at)},
                        {"done", job.done},
                        {"all", job.all},
                        {"records", job.records},
                        {"says", nullptr},
                        {"problem", nullptr},
                        {"result", nullptr}};
    if (job.result) {
        object["says"] = job.result->says;
        object["result"] = json::parse(job.result->json);
    }
    if (job.problem) {
        object["says"] = job.problem->says;
        object["problem"] =
            json::parse(problem_json(*job.problem, "job-" + std::to_string(job.number)));
    }
    return json::serialize(object);
}

Jobs::Jobs() : thread_([this] { run(); }) {}

Jobs::~Jobs() {
    stop(0);
    if (thread_.joinable()) thread_.join();
}

Result<Job> Jobs::take(std::string kind, std::string title, std::string by, JobWork work) {
    const std::lock_guard lock(mutex_);
    if (stopping_ || queue_.size() >= most_waiting) {
        return Problem{ProblemKind::unavailable,
                       stopping_ ? "the server is stopping: ask again when it is back"
                                 : "too many loads and closings wait already: ask again later"};
    }
    Job job;
    job.number = ++last_;
    job.kind = std::move(kind);
    job.title = std::move(title);
    job.by = std::move(by);
    jobs_[job.number] = job;
    queue_.emplace_back(job.number, std::move(work));
    forget_old();
    something_.notify_one();
    return job;
}

std::optional<Job> Jobs::find(std::int64_t number) const {
    const std::lock_guard lock(mutex_);
    const auto found = jobs_.find(number);
    if (found == jobs_.end()) return std::nullopt;
    return found->second;
}

std::vector<Job> Jobs::all() const {
    const std::lock_guard lock(mutex_);
    std::vector<Job> newest_first;
    for (auto at = jobs_.rbegin(); at != jobs_.rend(); ++at) newest_first.push_back(at->second);
    return newest_first;
}

std::size_t Jobs::waiting() const {
    const std::lock_guard lock(mutex_);
    return queue_.size();
}

bool Jobs::stop(int seconds) {
    std::unique_lock lock(mutex_);
    stopping_ = true;
    for (const auto& [number, work] : queue_) {
        Job& job = jobs_[number];
        job.state = JobState::failed;
        job.ended_at = now_utc();
        job.problem = Problem{ProblemKind::unavailable, "the server stopped before it began"};
        ++job.changes;
    }
    queue_.clear();
    something_.notify_all();
    return idle_.wait_for(lock, std::chrono::seconds(seconds), [this] { return !running_; });
}

void Jobs::run() {
    // Of this thread, and inherited by those that loading and pricing start from it.
    ::setpriority(PRIO_PROCESS, 0, 10);
    for (;;) {
        std::unique_lock lock(mutex_);
        something_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
        if (queue_.empty()) return;
        const auto [number, work] = std::move(queue_.front());
        queue_.pop_front();
        running_ = true;
        lock.unlock();
        run_one(number, work);
        lock.lock();
        running_ = false;
        idle_.notify_all();
    }
}

void Jobs::run_one(std::int64_t number, const JobWork& work) {
    change(number, [](Job& job) {
        job.state = JobState::running;
        job.started_at = now_utc();
    });
    const auto progress = [&](std::uint64_t done, std::uint64_t all, std::uint64_t records) {
        change(number, [&](Job& job) {
            job.done = done;
            job.all = all;
            job.records = records;
        });
    };
    // Faults of the world end here: a job that met one has failed, the server goes on.
    const auto outcome = [&]() -> Result<JobResult> {
        try {
            return work(progress);
        } catch (const std::exception& fault) {
            return Problem{ProblemKind::unavailable, fault.what()};
        }
    }();
    change(number, [&](Job& job) {
        job.ended_at = now_utc();
        job.state = outcome ? JobState::done : JobState::failed;
        if (outcome) {
            job.result = *outcome;
            job.done = job.all;
        } else {
            job.problem = outcome.problem();
        }
    });
}

void Jobs::change(std::int64_t number, const std::function<void(Job&)>& how) {
    const std::lock_guard lock(mutex_);
    Job& job = jobs_[number];
    how(job);
    ++job.changes;
}

void Jobs::forget_old() {
    for (auto at = jobs_.begin(); at != jobs_.end() && jobs_.size() > most_kept;) {
        at = at->second.ended() ? jobs_.erase(at) : std::next(at);
    }
}

}  // namespace purse
