// Loads and closings that run in the server, one at a time on a thread of their own with less right
// to the processor than the pages have. Each tells how far it has come.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/result.hpp"

namespace purse {

enum class JobState : unsigned char { waiting, running, done, failed };
std::string_view to_text(JobState state);

// What came of a job that was done: a sentence, and its figures as a JSON object.
struct JobResult {
    std::string says;
    std::string json;
};

struct Job {
    std::int64_t number = 0;
    std::string kind;   // "load", "close"
    std::string title;  // "close 2017-06"
    std::string by;     // the account's name
    JobState state = JobState::waiting;
    std::string started_at, ended_at;  // ISO 8601 in UTC; empty: not yet
    std::uint64_t done = 0, all = 0, records = 0;
    std::optional<JobResult> result;
    std::optional<Problem> problem;
    std::uint64_t changes = 0;  // grows with every change: what a follower compares

    [[nodiscard]] bool ended() const {
        return state == JobState::done || state == JobState::failed;
    }
};
std::string job_json(const Job& job);

using JobProgress = std::function<void(std::uint64_t, std::uint64_t, std::uint64_t)>;
using JobWork = std::function<Result<JobResult>(const JobProgress&)>;

class Jobs {
  public:
    static constexpr std::size_t most_waiting = 32;
    static constexpr std::size_t most_kept = 200;  // that have ended

    Jobs();
    ~Jobs();  // waits for the one that runs
    Jobs(const Jobs&) = delete;
    Jobs& operator=(const Jobs&) = delete;

    // The job as it waits; unavailable when too many wait already.
    Result<Job> take(std::string kind, std::string title, std::string by, JobWork work);
    [[nodiscard]] std::optional<Job> find(std::int64_t number) const;
    [[nodiscard]] std::vector<Job> all() const;  // newest first
    [[nodiscard]] std::size_t waiting() const;
    // No more are taken, and those that wait are dropped (failed). False when the one that runs
    // has not ended within the seconds.
    bool stop(int seconds);

  private:
    void run();
    void run_one(std::int64_t number, const JobWork& work);
    void change(std::int64_t number, const std::function<void(Job&)>& how);
    void forget_old();

    mutable std::mutex mutex_;
    std::condition_variable something_, idle_;
    std::map<std::int64_t, Job> jobs_;
    std::deque<std::pair<std::int64_t, JobWork>> queue_;
    std::int64_t last_ = 0;
    bool stopping_ = false;
    bool running_ = false;
    std::thread thread_;
};

}  // namespace purse
