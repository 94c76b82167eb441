#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <memory>
#include <mutex>

#include "cli/commands.hpp"
#include "desk/clock.hpp"

namespace purse {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

// A line on stderr, rewritten a few times a second once the work has lasted a second.
class ProgressLine {
  public:
    ProgressLine(std::string what, std::string unit)
        : what_(std::move(what)), unit_(std::move(unit)), start_(Clock::now()) {}
    ~ProgressLine() {
        if (shown_) fmt::print(stderr, "\n");
    }
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    void show(std::uint64_t done, std::uint64_t all, std::uint64_t records) {
        const std::scoped_lock lock(mutex_);
        const double seconds = seconds_since(start_);
        if (seconds < 1 || seconds - last_ < 0.25) return;
        last_ = seconds;
        shown_ = true;
        if (done >= all && records > 0) {
            fmt::print(stderr, "\r{}: {} {} done; putting it together, {:.0f} s   ", what_, records,
                       unit_, seconds);
            std::fflush(stderr);
            return;
        }
        const double share = all == 0 ? 0 : static_cast<double>(done) / static_cast<double>(all);
        const double left = share > 0 ? seconds / share - seconds : 0;
        fmt::print(stderr, "\r{}: {:3.0f}%  {} {}  {:.0f}/s  {:.0f} s left   ", what_, 100 * share,
                   records, unit_, static_cast<double>(records) / seconds, left);
        std::fflush(stderr);
    }

  private:
    std::string what_;
    std::string unit_;
    Clock::time_point start_;
    double last_ = 0;
    bool shown_ = false;
    std::mutex mutex_;
};

}  // namespace

void Terminal::fail(const Problem& problem) {
    std::fflush(stdout);
    fmt::print(stderr, "purse: {}\n", problem.says);
    exit_code = purse::exit_code(problem.kind);
}

Actor Terminal::actor() {
    // Who may run the program on the site's folder is the machine's to say, and who it was too.
    const passwd* user = ::getpwuid(::geteuid());
    const std::string name = user != nullptr ? user->pw_name : std::to_string(::geteuid());
    return {.who = "command line (" + name + ")", .role = "", .address = "", .at = now_utc()};
}

Result<Site> Terminal::open_site() const {
    const auto folder = site.empty() ? Site::nearest(std::filesystem::current_path())
                                     : Result<std::filesystem::path>(site);
    if (!folder) return folder.problem();
    const auto opened = Site::open(*folder);
    if (!opened) return opened.problem();
    Site site_of_actor = opened->acting_for(actor());
    if (!on.empty()) {
        const auto day = parse_date(on);
        if (!day) return day.problem();
        if (const auto there = site_of_actor.go_to(*day); !there) return there.problem();
    }
    return site_of_actor;
}

void Terminal::run(const std::function<Outcome()>& work) {
    const Outcome outcome = work();
    if (!outcome) fail(outcome.problem());
}

Progress Terminal::progress(std::string what, std::string unit) const {
    if (quiet) return [](std::uint64_t, std::uint64_t, std::uint64_t) {};
    auto line = std::make_shared<ProgressLine>(std::move(what), std::move(unit));
    return [line](std::uint64_t done, std::uint64_t all, std::uint64_t records) {
        line->show(done, all, records);
    };
}

}  // namespace purse
