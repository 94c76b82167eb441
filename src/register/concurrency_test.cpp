// Many writers at once, and writers killed at any instant: numbers without gaps, nothing half done.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <random>
#include <thread>

#include "register/backends_test.hpp"

namespace purse {
namespace {

using testing::load_of;

class WritersOn : public testing::OnEachBackend {};

NewClosing closing_of(Month month, std::int64_t batch, const std::string& inputs) {
    return {.month = month,
            .closed_at = "2017-08-20T09:00:00Z",
            .folder = "closings",
            .cube = {"closings/" + inputs, "c"},
            .charges = {"charges/" + inputs, "c"},
            .batches = {{{batch}, ProviderCode("RVR")}, {{batch}, ProviderCode("RYJ")}},
            .other_inputs = inputs,
            .totals = {{"priced", 8, FinePence(1)}}};
}

void expect_whole(const Register& one) {
    std::int64_t expected = 0;
    for (const BatchInfo& batch : one.batches()) {
        EXPECT_EQ(batch.number.value, ++expected);
        EXPECT_EQ(batch.load.files.size(), 1U);
        EXPECT_EQ(batch.load.reasons.size(), 2U);
        EXPECT_EQ(batch.load.practice_rejects.size(), 1U);
        EXPECT_EQ(batch.load.providers.size(), 2U);
    }
    std::map<Month, int> sequences;
    for (const Closing& closing : one.closings()) {
        EXPECT_EQ(closing.sequence, ++sequences[closing.closing.month]);
        EXPECT_EQ(closing.closing.batches.size(), 2U);
        EXPECT_EQ(closing.closing.totals.size(), 1U);
    }
}

constexpr int threads = 4;
constexpr int writes_each = 100;

// Every third write is a closing or a setting, so that readers' and writers' tables mix.
void write_one(Register& one, int thread, int i) {
    const std::string name = std::to_string(thread) + "-" + std::to_string(i);
    const auto recorded = one.record_batch(load_of(Extract::flex, name, {"RVR", "RYJ"}));
    ASSERT_TRUE(recorded.ok()) << recorded.problem().says;
    if (i % 3 == 0) {
        ASSERT_TRUE(
            one.record_closing(closing_of({2017, 6}, recorded->batch.number.value, name)).ok());
        one.set_setting("closed by " + std::to_string(thread), name);
        EXPECT_TRUE(one.latest_closing({2017, 6}).has_value());
    }
}

TEST_P(WritersOn, four_threads_write_at_once_without_a_failure_or_a_gap) {
    auto one = made();
    auto other = Register::open(address()).value();
    std::vector<std::thread> writers;
    std::atomic<int> failures = 0;
    for (int thread = 0; thread < threads; ++thread) {
        writers.emplace_back([&, thread] {
            try {
                Register& used = thread % 2 == 0 ? one : other;
                for (int i = 0; i < writes_each; ++i) write_one(used, thread, i);
            } catch (const std::exception& error) {
                ++failures;
                ADD_FAILURE() << error.what();
            }
        });
    }
    for (std::thread& writer : writers) writer.join();
    EXPECT_EQ(failures, 0);
    EXPECT_EQ(one.batches().size(), std::size_t{threads * writes_each});
    EXPECT_EQ(one.closings().size(), std::size_t{threads * 34});
    EXPECT_EQ(one.settings().size(), std::size_t{threads});
    expect_whole(one);
}

TEST_P(WritersOn, the_same_load_by_four_threads_is_recorded_once) {
    auto one = made();
    std::vector<std::thread> writers;
    std::atomic<int> recorded_now = 0;
    for (int thread = 0; thread < threads; ++thread) {
        writers.emplace_back([&] {
            const auto recorded = one.record_batch(load_of(Extract::flex, "same", {"RVR", "RYJ"}));
            if (recorded.ok() && !recorded->already_loaded) ++recorded_now;
        });
    }
    for (std::thread& writer : writers) writer.join();
    EXPECT_EQ(recorded_now, 1);
    EXPECT_EQ(one.batches().size(), 1U);
}

// The child's life: write for ever, telling each batch's number once it was promised to be kept.
[[noreturn]] void write_until_killed(const RegisterAddress& address, int round, int promises) {
    auto one = Register::open(address);
    if (!one) _exit(1);
    for (int i = 0;; ++i) {
        const std::string name = std::to_string(round) + "-" + std::to_string(i);
        const auto recorded = one->record_batch(load_of(Extract::flex, name, {"RVR", "RYJ"}));
        if (!recorded) _exit(2);
        const std::int64_t number = recorded->batch.number.value;
        if (write(promises, &number, sizeof number) != sizeof number) _exit(3);
        if (!one->record_closing(closing_of({2017, 6}, number, name)).ok()) _exit(4);
    }
}

// Lets a child write for that long, kills it, and returns the last number that it was promised.
std::int64_t last_promise_of_a_killed_writer(const RegisterAddress& address, int round,
                                             std::chrono::microseconds life) {
    int ends[2];
    EXPECT_EQ(pipe2(ends, O_CLOEXEC), 0);
    const pid_t child = fork();
    if (child == 0) write_until_killed(address, round, ends[1]);
    close(ends[1]);
    std::int64_t last = 0;
    EXPECT_EQ(read(ends[0], &last, sizeof last), static_cast<ssize_t>(sizeof last));
    std::this_thread::sleep_for(life);
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status)) << "the child ended by itself: " << status;
    while (read(ends[0], &last, sizeof last) == static_cast<ssize_t>(sizeof last)) continue;
    close(ends[0]);
    return last;
}

TEST_P(WritersOn, a_writer_killed_at_any_instant_leaves_the_register_whole) {
    {
        const auto one = made();
    }
    std::mt19937 chance(20170601);
    std::uniform_int_distribution<int> life(0, 60'000);
    for (int round = 0; round < 20; ++round) {
        const auto promised = last_promise_of_a_killed_writer(
            address(), round, std::chrono::microseconds(life(chance)));
        const auto opened = Register::open(address());
        ASSERT_TRUE(opened.ok()) << opened.problem().says;
        // What was promised is there; one more may have been kept unsaid.
        const auto kept = static_cast<std::int64_t>(opened->batches().size());
        EXPECT_GE(kept, promised);
        EXPECT_LE(kept, promised + 1);
        expect_whole(*opened);
    }
}

TEST_P(WritersOn, a_making_killed_at_any_instant_can_be_made_again) {
    std::mt19937 chance(20170602);
    std::uniform_int_distribution<int> life(0, 30'000);
    for (int round = 0; round < 10; ++round) {
        const pid_t child = fork();
        if (child == 0) _exit(Register::create(address()).ok() ? 0 : 1);
        std::this_thread::sleep_for(std::chrono::microseconds(life(chance)));
        kill(child, SIGKILL);
        waitpid(child, nullptr, 0);
        const auto opened = Register::open(address());
        if (opened.ok()) break;
        EXPECT_EQ(opened.problem().kind, ProblemKind::not_found) << opened.problem().says;
    }
    if (!Register::open(address()).ok()) {
        const auto one = Register::create(address());
        EXPECT_TRUE(one.ok()) << one.problem().says;
    }
}

PURSE_ON_EACH_BACKEND(WritersOn);

}  // namespace
}  // namespace purse
