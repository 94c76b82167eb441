// How the programs that compare take their measures: wall and processor seconds, peak memory of a
// process of its own, and what else the machine was doing.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <cstdlib>
#include <functional>
#include <string>
#include <utility>

#include "base/result.hpp"

namespace purse {

struct Settings {
    std::int64_t rows = 20'000'000;
    std::string tariff_folder;
    std::string rules_folder = "rules";
    std::string work_folder = "build/bench";
    int threads = 2;
    int repeats = 2;
};

struct Took {
    double wall = 0;
    double processors = 0;  // seconds of them all, which other programs lengthen less
};

Took measured(const std::function<void()>& work);
// Of several runs the one of the fewest processor seconds.
Took best_of(int repeats, const std::function<void()>& work);

struct Measure {
    Took took;
    std::int64_t value = 0;     // what the work came to: pence, cells, rows
    std::int64_t peak_mib = 0;  // memory
    bool done = false;
};

// Does the work in a process of its own, so that its peak memory is its own.
Measure apart(const std::function<Measure()>& work);

void print_row(const std::string& what, const Measure& measure, std::int64_t rows,
               const std::string& beside);

std::string processor();
// How many programs want a processor: other work on the machine lengthens the wall's seconds.
std::string load_average();

template <class T>
T required(Result<T> result) {
    if (result.ok()) return std::move(result).value();
    fmt::print(stderr, "{}\n", result.problem().says);
    std::exit(1);
}

}  // namespace purse
