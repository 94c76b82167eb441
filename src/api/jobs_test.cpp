#include "api/jobs.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <stdexcept>

#include "api/workers.hpp"

namespace purse {
namespace {

Job ended(const Jobs& jobs, std::int64_t number) {
    for (int i = 0; i < 2000; ++i) {
        const auto job = jobs.find(number);
        if (job && job->ended()) return *job;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    throw std::runtime_error("the job did not end");
}

TEST(Jobs, TellHowFarTheyAreAndHowTheyEnded) {
    Jobs jobs;
    const auto taken = jobs.take("load", "load apc", "I Lane", [](const JobProgress& progress) {
        progress(1, 4, 10);
        progress(3, 4, 30);
        return Result<JobResult>(JobResult{"30 records", R"({"batch":7})"});
    });
    ASSERT_TRUE(taken.ok());
    const Job job = ended(jobs, taken->number);
    EXPECT_EQ(job.state, JobState::done);
    EXPECT_EQ(job.done, 4U);
    EXPECT_EQ(job.records, 30U);
    EXPECT_NE(job_json(job).find(R"("result":{"batch":7})"), std::string::npos);
}

TEST(Jobs, AProblemAndAFaultOfTheWorldAreFailures) {
    Jobs jobs;
    const auto refused = jobs.take("close", "a", "b", [](const JobProgress&) -> Result<JobResult> {
        return conflict("nothing is loaded");
    });
    const auto broken = jobs.take("close", "a", "b", [](const JobProgress&) -> Result<JobResult> {
        throw std::runtime_error("disk full");
    });
    EXPECT_EQ(ended(jobs, refused->number).problem->says, "nothing is loaded");
    EXPECT_EQ(ended(jobs, broken->number).problem->says, "disk full");
    EXPECT_NE(job_json(ended(jobs, broken->number)).find("\"status\":503"), std::string::npos);
}

TEST(Jobs, RunOneAfterAnother_AndThoseThatWaitAreDroppedAtTheEnd) {
    Jobs jobs;
    std::promise<void> go_on;
    const std::shared_future<void> signal = go_on.get_future().share();
    const auto work = [signal](const JobProgress&) {
        signal.wait();
        return Result<JobResult>(JobResult{"done", "{}"});
    };
    const auto first = jobs.take("close", "first", "b", work);
    const auto second = jobs.take("close", "second", "b", work);
    while (jobs.find(first->number)->state != JobState::running) std::this_thread::yield();
    EXPECT_EQ(jobs.find(second->number)->state, JobState::waiting);
    EXPECT_FALSE(jobs.stop(0));
    EXPECT_EQ(jobs.find(second->number)->state, JobState::failed);
    EXPECT_FALSE(jobs.take("close", "third", "b", work).ok());
    go_on.set_value();
    EXPECT_TRUE(jobs.stop(10));
    EXPECT_EQ(jobs.find(first->number)->state, JobState::done);
}

TEST(Workers, RefuseWhatDoesNotFitTheQueue) {
    Workers workers(1, 2);
    std::promise<void> go_on;
    std::promise<void> begun;
    const std::shared_future<void> signal = go_on.get_future().share();
    ASSERT_TRUE(workers.take([&] {
        begun.set_value();
        signal.wait();
    }));
    begun.get_future().wait();
    EXPECT_TRUE(workers.take([] {}));
    EXPECT_TRUE(workers.take([] {}));
    EXPECT_FALSE(workers.take([] {}));
    EXPECT_EQ(workers.waiting(), 2U);
    go_on.set_value();
    workers.stop();
    EXPECT_EQ(workers.waiting(), 0U);
    EXPECT_FALSE(workers.take([] {}));
}

}  // namespace
}  // namespace purse
