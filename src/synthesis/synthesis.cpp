#include "synthesis/synthesis.hpp"

#include <fmt/format.h>

#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

#include "rulebook/tariff_files.hpp"
#include "synthesis/beside_records.hpp"
#include "synthesis/demo_tariff.hpp"
#include "synthesis/surroundings.hpp"

namespace purse {

namespace {

// Does things 0 to count - 1 on some threads; the first fault of one is the fault of all.
template <class Do>
void in_parallel(std::size_t count, int threads, Do one) {
    std::atomic<std::size_t> next{0};
    std::exception_ptr fault;
    std::mutex guard;
    const auto work = [&] {
        for (std::size_t i = next++; i < count; i = next++) {
            try {
                one(i);
            } catch (...) {
                const std::scoped_lock lock(guard);
                if (!fault) fault = std::current_exception();
                next = count;
            }
        }
    };
    std::vector<std::thread> workers;
    for (int i = 1; i < threads; ++i) workers.emplace_back(work);
    work();
    for (std::thread& worker : workers) worker.join();
    if (fault) std::rethrow_exception(fault);
}

class Reporter {
  public:
    explicit Reporter(const OnSynthesisProgress& progress) : progress_(progress) {}
    void begin(std::size_t count) {
        done_ = 0;
        of_ = static_cast<std::int64_t>(count);
    }
    void one(const std::string& doing) {
        const std::scoped_lock lock(guard_);
        ++done_;
        if (progress_) progress_({doing, done_, of_});
    }

  private:
    const OnSynthesisProgress& progress_;
    std::mutex guard_;
    std::int64_t done_ = 0, of_ = 0;
};

Outcome sensible(const SynthesisOptions& options) {
    const auto refuse = [](std::string says) { return Outcome(bad_input(std::move(says))); };
    const bool given = !options.given_practices.empty();
    if (given != !options.given_providers.empty()) {
        return refuse("give both practices and providers, or neither");
    }
    if (!given && (options.practices < 1 || options.practices > 9'999)) {
        return refuse(fmt::format("--practices {} cannot be: give 1 to 9999", options.practices));
    }
    if (!given &&
        (options.population < options.practices * 200LL || options.population > 70'000'000)) {
        return refuse(
            fmt::format("--population {} cannot be: give at least 200 a practice and at "
                        "most 70,000,000",
                        options.population));
    }
    if (options.years < 1 || options.years > 10) {
        return refuse(fmt::format("--years {} cannot be: give 1 to 10", options.years));
    }
    if (options.providers < 1 || options.providers > 5) {
        return refuse(fmt::format("--providers {} cannot be: give 1 to 5", options.providers));
    }
    if (options.given_providers.size() > 200) return refuse("give at most 200 providers");
    if (options.threads < 1) return refuse("--threads must be 1 or more");
    std::error_code ignored;
    if (std::filesystem::exists(options.out, ignored) &&
        !std::filesystem::is_empty(options.out, ignored)) {
        return refuse(fmt::format("{} holds something already: name a new folder, or empty it",
                                  options.out.string()));
    }
    return Nothing{};
}

void write_tariffs(const World& world, const Calibration& calibration,
                   const SynthesisOptions& options) {
    for (int i = 0; i < options.years; ++i) {
        const FinancialYear year = options.first_year + i;
        const auto folder = options.out / "tariff" / as_folder(year);
        std::filesystem::create_directories(folder);
        write_tariff_folder(demo_tariff(year, calibration, world), folder);
    }
}

void write_records(const RecordSource& source, Reporter& report) {
    const auto records = source.options.out / "records";
    for (const DataSet set : all_data_sets) {
        std::filesystem::create_directories(records / short_name(set));
    }
    const auto months = static_cast<std::size_t>(source.world.last - source.world.first + 1);
    const std::size_t files = months * all_data_sets.size();
    report.begin(files);
    in_parallel(files, source.options.threads, [&](std::size_t i) {
        const DataSet set = all_data_sets[i % all_data_sets.size()];
        const Month month = source.world.first + static_cast<int>(i / all_data_sets.size());
        write_month(source, set, month, records);
        report.one(fmt::format("records of {} ({})", in_words(month), in_words(set)));
    });
}

}  // namespace

Outcome synthesise(const SynthesisOptions& options, const OnSynthesisProgress& progress) {
    if (const Outcome fine = sensible(options); !fine) return fine.problem();
    const auto calibration = read_calibration(options.rules);
    if (!calibration) return calibration.problem();
    auto world = make_world(options, *calibration);
    if (!world) return world.problem();

    Reporter report(progress);
    const CaseMix mix(*calibration);
    std::vector<PracticeEvents> events(world->practices.size());
    report.begin(events.size());
    in_parallel(events.size(), options.threads, [&](std::size_t place) {
        events[place] = events_of(*world, place, *calibration, mix, options.seed);
        report.one("what happened to the patients of " + world->practices[place].code.text());
    });
    const auto medicines = made_up_medicines(*calibration, options.seed);
    const RecordSource source{options, *calibration, *world, events, medicines};
    std::filesystem::create_directories(options.out);
    write_readme(*world, options, options.out);
    if (options.given_practices.empty()) {
        write_organisations(*world, options, options.out);
        write_lists(*world, options.out);
        write_tariffs(*world, *calibration, options);
    }
    write_budgets(source, options.out);
    write_allocations(source, options.out);
    write_blocks(source, options.out);
    write_referrals(source, options.out);
    write_waiting_list(source, options.out);
    write_records(source, report);
    return Nothing{};
}

}  // namespace purse
