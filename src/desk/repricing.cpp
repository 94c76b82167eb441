#include "desk/repricing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "desk/baseline_records.hpp"
#include "desk/month_inputs.hpp"
#include "desk/price_lists.hpp"
#include "desk/statements.hpp"
#include "desk/variance_plan.hpp"
#include "money/grouped.hpp"
#include "warehouse/costs_by_line.hpp"

namespace purse {

namespace {

// Of the codes that only one of two price lists knows, at most this part of the smaller list: newer
// lists of one HRG version add and drop a few. Purse's default.
constexpr std::size_t one_in = 20;

Outcome same_hrg_version(const PriceBook& own, const PriceBook& other, FinancialYear year,
                         FinancialYear other_year) {
    const auto& here = own.tariff().admitted;
    const auto& there = other.tariff().admitted;
    const auto lacks = [](const auto& codes, const auto& in) {
        return static_cast<std::size_t>(std::ranges::count_if(
            codes, [&](const auto& code) { return !in.contains(code.first); }));
    };
    const std::size_t gone = lacks(here, there);
    const std::size_t added = lacks(there, here);
    if (std::max(gone, added) * one_in <= std::min(here.size(), there.size())) return Nothing{};
    return conflict(fmt::format(
        "the records of {} are grouped by other HRGs than the price list of {} has: of {} codes {} "
        "are not in it, and {} of its {} are not in that of {}. Prices of another HRG version say "
        "nothing about these records; group them anew, or choose a list of the same version",
        to_text(year), to_text(other_year), grouped(static_cast<std::int64_t>(here.size())),
        grouped(static_cast<std::int64_t>(gone)), grouped(static_cast<std::int64_t>(added)),
        grouped(static_cast<std::int64_t>(there.size())), to_text(year)));
}

// Published factors lie near 1: this keeps percentages and slips of the point out.
bool is_likely(Factor market_forces) {
    constexpr std::int64_t least = 500'000, most = 2'000'000;
    return market_forces.millionths() >= least && market_forces.millionths() <= most;
}

class Repricer {
  public:
    Repricer(const Site& site, const RepriceRequest& request)
        : site_(site),
          request_(request),
          year_(request.month.financial_year()),
          affiliations_(affiliations_of(site)) {}

    Result<Repricing> make() {
        if (auto sound = is_sound(); !sound) return sound.problem();
        if (auto found = find_practices(); !found) return found.problem();
        if (auto found = find_batches(); !found) return found.problem();
        if (auto found = find_books(); !found) return found.problem();
        const auto start = std::chrono::steady_clock::now();
        const auto now = costs_with(*own_.book);
        if (!now) return now.problem();
        const auto other = costs_with(*other_.book);
        if (!other) return other.problem();
        made_.seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        put(*now, &RepricedLine::now);
        put(*other, &RepricedLine::other);
        count(*now);
        note(*now, *other);
        name();
        return std::move(made_);
    }

  private:
    [[nodiscard]] Outcome is_sound() const {
        if (!request_.tariff && !request_.market_forces) {
            return bad_input(
                "say what to change: another year's tariff, or a market forces factor");
        }
        if (!request_.provider.empty() && !request_.market_forces) {
            return bad_input("a provider is named for a market forces factor: say which one");
        }
        if (const auto& factor = request_.market_forces; factor && !is_likely(*factor)) {
            return bad_input(
                fmt::format("a market forces factor of {} cannot be right: it lies between 0.5 and "
                            "2, such as 1.05",
                            to_text(*factor)));
        }
        return Nothing{};
    }

    // Every practice, as recorded, that the account answers for at the month's end.
    Outcome find_practices() {
        if (!request_.practice) return Nothing{};
        const Date day = request_.month.last_day();
        for (const Practice& practice : site_.decisions().organisations().practices) {
            if (affiliations_->current_of(practice.code, day) == *request_.practice) {
                practices_.push_back(practice.code);
            }
        }
        if (practices_.empty()) {
            return not_found(fmt::format("{} answers for no practice on {}",
                                         request_.practice->text(), to_text(day)));
        }
        return Nothing{};
    }

    // Those that the month was closed with; what is loaded now where it is not closed.
    Outcome find_batches() {
        const Month first = year_.first_month();
        std::vector<CurrentBatch> batches;
        if (const auto closing = site_.decisions().latest_closing(request_.month)) {
            auto known = batches_of(site_, *closing);
            if (!known) return known.problem();
            batches = std::move(*known);
            for (const ClosingTariff& tariff : closing->closing.tariffs) {
                if (tariff.year == year_) version_ = tariff.version;
            }
        } else {
            for (const DataSet set : all_data_sets) {
                auto loaded = site_.decisions().current_batches(set, first, request_.month);
                std::ranges::move(loaded, std::back_inserter(batches));
            }
        }
        for (CurrentBatch& batch : batches) {
            const NewBatch& load = batch.batch.load;
            if (load.set == DataSet::prescribing || load.month < first) continue;
            batches_.push_back(std::move(batch));
        }
        if (batches_.empty()) {
            return not_found(fmt::format("no hospital records are loaded for the year to {}",
                                         in_words(request_.month)));
        }
        return Nothing{};
    }

    Outcome find_books() {
        auto own = price_book_of(site_, year_, version_);
        if (!own) return own.problem();
        own_ = std::move(*own);
        const FinancialYear year = request_.tariff.value_or(year_);
        const auto version = year == year_ ? version_ : std::optional<std::string>();
        auto other = request_.market_forces
                         ? price_book_with_factor(site_, year, version, *request_.market_forces,
                                                  request_.provider)
                         : price_book_of(site_, year, version);
        if (!other) return other.problem();
        other_ = std::move(*other);
        return same_hrg_version(*own_.book, *other_.book, year_, year);
    }

    Result<std::vector<CostByLine>> costs_with(const PriceBook& book) const {
        std::vector<BatchToPrice> pricing;
        for (const CurrentBatch& current : batches_) {
            BatchToPrice batch;
            batch.set = current.batch.load.set;
            batch.records = site_.folder() / current.batch.load.records.path;
            batch.number = current.batch.number.value;
            batch.book = &book;
            if (current.providers.size() != current.batch.load.providers.size()) {
                batch.providers = current.providers;
            }
            pricing.push_back(std::move(batch));
        }
        return costs_by_line(pricing, *affiliations_, practices_, site_.database_limits());
    }

    [[nodiscard]] bool is_asked(Account account) const {
        return !request_.practice ||
               affiliations_->current_of(account, request_.month.last_day()) == *request_.practice;
    }

    RepricedLine& at(BudgetLine line) {
        const auto found = std::ranges::find(made_.lines, line, &RepricedLine::line);
        if (found != made_.lines.end()) return *found;
        made_.lines.push_back({.line = line});
        return made_.lines.back();
    }

    void put(const std::vector<CostByLine>& costs, Pence RepricedLine::* amount) {
        for (const CostByLine& cost : costs) {
            if (!is_asked(cost.account) || cost.cost == Pence(0)) continue;
            at(cost.line).*amount += cost.cost;
            made_.total.*amount += cost.cost;
        }
        std::ranges::sort(made_.lines, {}, &RepricedLine::line);
    }

    void count(const std::vector<CostByLine>& costs) {
        for (const CostByLine& cost : costs) {
            if (!is_asked(cost.account) || !counts_as_activity(cost.outcome)) continue;
            at(cost.line).records += cost.records;
            made_.total.records += cost.records;
        }
    }

    // Records without a price, by reason.
    [[nodiscard]] std::map<std::string, std::int64_t> refused(
        const std::vector<CostByLine>& costs) const {
        std::map<std::string, std::int64_t> without;
        for (const CostByLine& cost : costs) {
            if (!is_asked(cost.account) || cost.outcome != CostOutcome::refused) continue;
            without[cost.reason] += cost.records;
        }
        return without;
    }

    // "the HRG is not in this year's tariff": the rules' own words of a reason.
    [[nodiscard]] std::string_view words_of(std::string_view reason) const {
        const auto codes = other_.book->reasons();
        const auto found = std::ranges::find(codes, reason);
        if (found == codes.end()) return reason;
        return other_.book->says(static_cast<std::uint16_t>(found - codes.begin()));
    }

    void note(const std::vector<CostByLine>& now, const std::vector<CostByLine>& other) {
        auto before = refused(now);
        for (const auto& [reason, records] : refused(other)) {
            const bool in_both = before[reason] == records;
            made_.notes.push_back(
                fmt::format("{} records have no price in {}: {}", grouped(records),
                            in_both ? "either list" : "the other list", words_of(reason)));
        }
        made_.notes.emplace_back(
            "prescribing has no tariff and is left out; full tariff prices, without readmission "
            "and marginal-rate rules; imaging that is paid apart has its cost in diagnostics and "
            "counts no record");
    }

    void name() {
        made_.prices_now = version_in_words(own_);
        made_.prices_other = version_in_words(other_);
        if (request_.market_forces) {
            made_.prices_other += fmt::format(
                " with a market forces factor of {} for {}", to_text(*request_.market_forces),
                request_.provider.empty() ? "all providers" : request_.provider.text());
        }
        made_.title = fmt::format("{}: the year to {} at other prices",
                                  request_.practice ? affiliations_->name_of(*request_.practice) +
                                                          " (" + request_.practice->text() + ")"
                                                    : site_.settings().name,
                                  in_words(request_.month));
    }

    const Site& site_;
    const RepriceRequest& request_;
    FinancialYear year_;
    std::shared_ptr<const Affiliations> affiliations_;
    std::vector<PracticeCode> practices_;  // none: all
    std::vector<CurrentBatch> batches_;
    std::optional<std::string> version_;
    SitePriceBook own_, other_;
    Repricing made_;
};

}  // namespace

Result<Repricing> reprice(const Site& site, const RepriceRequest& request) {
    return Repricer(site, request).make();
}

}  // namespace purse
