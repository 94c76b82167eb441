#include "measuring.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>

namespace purse {

namespace {

double processor_seconds() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto of = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return of(usage.ru_utime) + of(usage.ru_stime);
}

}  // namespace

Took measured(const std::function<void()>& work) {
    const double busy = processor_seconds();
    const auto start = std::chrono::steady_clock::now();
    work();
    return {std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(),
            processor_seconds() - busy};
}

Took best_of(int repeats, const std::function<void()>& work) {
    Took best = measured(work);
    for (int i = 1; i < repeats; ++i) {
        const Took took = measured(work);
        if (took.processors < best.processors) best = took;
    }
    return best;
}

void print_row(const std::string& what, const Measure& measure, std::int64_t rows,
               const std::string& beside) {
    const auto per_second = [rows](double seconds) {
        return static_cast<double>(rows) / seconds / 1e6;
    };
    const Took& took = measure.took;
    fmt::print(
        "{:<46} wall {:>7.2f} s {:>5.2f} M/s  processors {:>7.2f} s ({:.2f} M/s if both were "
        "idle)  peak {:>4} MiB  load average {}  {}\n",
        what, took.wall, per_second(took.wall), took.processors, 2 * per_second(took.processors),
        measure.peak_mib, load_average(), beside);
}

Measure apart(const std::function<Measure()>& work) {
    std::fflush(stdout);
    int ends[2] = {-1, -1};
    if (::pipe(ends) != 0) return {};
    const pid_t child = ::fork();
    if (child == 0) {
        std::setvbuf(stdout, nullptr, _IOLBF, 0);
        Measure measure;
        try {
            measure = work();
            measure.done = true;
        } catch (const std::exception& fault) {
            fmt::print(stderr, "{}\n", fault.what());
        }
        std::fflush(stdout);
        const bool told = ::write(ends[1], &measure, sizeof measure) == sizeof measure;
        ::_exit(told ? 0 : 1);
    }
    ::close(ends[1]);
    Measure measure;
    if (::read(ends[0], &measure, sizeof measure) != sizeof measure) measure = {};
    ::close(ends[0]);
    int status = 0;
    rusage usage{};
    ::wait4(child, &status, 0, &usage);
    measure.peak_mib = usage.ru_maxrss / 1024;
    return measure;
}

std::string processor() {
    std::ifstream in("/proc/cpuinfo");
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
    }
    return "unknown processor";
}

std::string load_average() {
    double load = 0;
    return ::getloadavg(&load, 1) == 1 ? fmt::format("{:.1f}", load) : "?";
}

}  // namespace purse
