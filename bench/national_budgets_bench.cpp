// Fair shares, pace of change and hand-backs for every practice of England, board by board, on one
// core: seconds, and whether every penny is where it should be. Weighted populations are the
// published ones; the money is made up.
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iterator>

#include "support/national_budgets.hpp"
#include "support/shared_data.hpp"

namespace {

using namespace purse;
using Clock = std::chrono::steady_clock;

// Of this process: what a core that does nothing else would take.
double processor_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

std::string scheme_text(const char* name) {
    std::ifstream in(
        std::filesystem::path(PURSE_SOURCE_DIR) / "rules/schemes" / (std::string(name) + ".toml"),
        std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// False where a penny is missing or the time is over.
bool measure(const std::filesystem::path& file, const char* scheme) {
    const auto reading = Clock::now();
    const auto national = purse::testing::national_budgets(file, scheme_text(scheme));
    const double read = seconds_since(reading);
    const auto start = Clock::now();
    const double processor = processor_seconds();
    Pence given;
    std::size_t lines = 0;
    for (const DerivationInputs& board : national.boards) {
        const auto derivation = derive(board);
        if (!derivation) {
            fmt::print("{}: {}\n", board.name, derivation.problem().says);
            return false;
        }
        given += purse::testing::given_out(*derivation);
        lines += derivation->lines.size();
    }
    const double worked = seconds_since(start);
    const double used = processor_seconds() - processor;
    fmt::print(
        "{} {}: {} practices of {} boards ({} without a weight left out), {} budgets of lines: "
        "{:.3f} s of one core, {:.3f} s by the clock (reading the file: {:.3f} s); {} of {} given "
        "out{}\n",
        file.filename().string(), scheme, national.practices, national.boards.size(),
        national.without_a_weight, lines, used, worked, read, in_pounds(given),
        in_pounds(national.allocation),
        given == national.allocation ? "" : ": THE SUMS ARE NOT EXACT");
    return given == national.allocation;
}

}  // namespace

int main() {
    const auto folder = purse::testing::shared_folder() / "data/capitation";
    bool exact = true;
    for (const char* year : {"2022_23", "2023_24"}) {
        const auto file = folder / (std::string("gp_practice_weighted_pop_") + year + ".csv");
        if (!std::filesystem::exists(file)) {
            fmt::print("national budgets: not measured, {} is not here (PURSE_SHARED)\n",
                       file.filename().string());
            continue;
        }
        for (const char* scheme : {"neighbourhood-2026", "fair-shares"}) {
            exact = measure(file, scheme) && exact;
        }
    }
    return exact ? EXIT_SUCCESS : EXIT_FAILURE;
}
