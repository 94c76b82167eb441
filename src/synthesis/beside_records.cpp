#include "synthesis/beside_records.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "synthesis/surroundings.hpp"
#include "tables/delimited.hpp"

namespace purse {

namespace {

enum BesideStream : std::uint64_t {
    blocks_stream = 501,
    referrals_stream,
    waiting_stream,
    contacts_stream
};

// Pounds a head and year, made up: community, mental health, enhanced services of primary care.
constexpr std::int64_t community_pounds = 78, mental_health_pounds = 141, primary_care_pounds = 6;

std::size_t years_of(const World& world) {
    return static_cast<std::size_t>((world.last - world.first + 1) / 12);
}

std::string provider_of(const World& world, std::size_t place) {
    return world.providers[place % world.providers.size()].code.text();
}

// Living patients of the practices that answer on the day.
std::map<PracticeCode, std::int64_t> patients_on(const World& world, Date day) {
    std::map<PracticeCode, std::int64_t> patients;
    for (const FictionalPractice& practice : world.practices) {
        std::int64_t& sum = patients[answering(world, practice, day)];
        for (const FictionalPerson& person : practice.people) sum += person.lives_on(day) ? 1 : 0;
    }
    return patients;
}

std::string whole_pounds(std::int64_t amount) { return fmt::format("{}.00", amount); }

struct Served {
    PracticeCode practice;
    std::int64_t patients = 0;
    std::int64_t usual_contacts = 0;  // with the community mental health team
};

// A practice keeps its usual rate of contacts, of 90 to 150 for a thousand patients, over the
// years.
std::vector<Served> served_on(const RecordSource& source, Date day) {
    const auto patients = patients_on(source.world, day);
    std::vector<Served> all;
    std::uint64_t place = 0;
    for (const auto& [practice, number] : patients) {
        Chance chance(source.options.seed, contacts_stream, place++);
        all.push_back({practice, number, number * chance.between(90, 150) / 1000});
    }
    return all;
}

// What a year's contracts and the budgets for them are, as rows of two files. Mental health is
// shared by contacts: its contract by the year's, its budgets by the usual ones.
class BlockYear {
  public:
    BlockYear(const RecordSource& source, FinancialYear year, std::size_t at)
        : world_(source.world),
          year_(year),
          chance_(source.options.seed, blocks_stream, at),
          served_(served_on(source, year.first_month().first_day())) {
        for (const Served& one : served_) {
            patients_ += one.patients;
            contacts_ += one.usual_contacts;
        }
    }

    std::string contracts() {
        std::string rows = "provider,line,year,annual_amount,rule,practice,share\n";
        rows += contract(1, "community", community_pounds, "list", "", "");
        rows += contract(0, "primary_care", primary_care_pounds, "list", "", "");
        for (const Served& one : served_) {
            const std::int64_t contacts = one.usual_contacts * chance_.between(97, 103) / 100;
            rows += contract(2, "mental_health", mental_health_pounds, "activity",
                             one.practice.text(), std::to_string(contacts));
        }
        return rows;
    }

    std::string budgets() {
        std::string rows = "practice,year,budget_line,annual_amount\n";
        for (const Served& one : served_) {
            rows += budget(one, "community", one.patients * community_pounds);
            rows += budget(one, "mental_health",
                           patients_ * mental_health_pounds * one.usual_contacts / contacts_);
            rows += budget(one, "primary_care", one.patients * primary_care_pounds);
        }
        return rows;
    }

  private:
    std::string contract(std::size_t provider, const char* line, std::int64_t each,
                         const char* rule, const std::string& practice, const std::string& share) {
        return csv_line({provider_of(world_, provider), line, to_text(year_),
                         whole_pounds(patients_ * each), rule, practice, share});
    }
    std::string budget(const Served& one, const char* line, std::int64_t pounds) {
        return csv_line({one.practice.text(), to_text(year_), line,
                         whole_pounds(pounds * chance_.between(980, 1010) / 1000)});
    }

    const World& world_;
    FinancialYear year_;
    Chance chance_;
    std::vector<Served> served_;
    std::int64_t patients_ = 0, contacts_ = 0;
};

}  // namespace

void write_blocks(const RecordSource& source, const std::filesystem::path& folder) {
    for (std::size_t at = 0; at < years_of(source.world); ++at) {
        const FinancialYear year = source.world.first.financial_year() + static_cast<int>(at);
        BlockYear made(source, year, at);
        write_text(folder / "blocks" / (as_folder(year) + ".csv"), made.contracts());
        write_text(folder / "block_budgets" / (as_folder(year) + ".csv"), made.budgets());
    }
}

namespace {

class ReferralRows {
  public:
    explicit ReferralRows(const RecordSource& source) : source_(source) {
        for (const ChosenCode& code : source.calibration.referral_sources) {
            by_gp_.push_back(code.code == "03");
        }
    }

    std::string of(Month month) {
        Chance chance(source_.options.seed, referrals_stream,
                      static_cast<std::uint64_t>(month - source_.world.first));
        std::string text =
            "referral_id,referral_date,practice,provider,specialty,priority,age,sex\n";
        next_ = 1;
        for (std::size_t place = 0; place < source_.world.practices.size(); ++place) {
            for (const Appointment& made : source_.events[place].appointments) {
                if (Month::of(made.day) != month || !is_from_gp(made)) continue;
                add(text, place, made, chance);
                // One in twelve more leads to no appointment.
                if (chance.below(12) == 0) add(text, place, made, chance);
            }
        }
        return text;
    }

  private:
    [[nodiscard]] bool is_from_gp(const Appointment& made) const {
        return (made.first_attendance == '1' || made.first_attendance == '3') &&
               by_gp_.at(made.referral_source);
    }

    // Of a thousand rows one has no specialty and one a day that is none.
    void add(std::string& text, std::size_t place, const Appointment& made, Chance& chance) {
        const FictionalPractice& practice = source_.world.practices[place];
        const FictionalPerson& person = practice.people[made.person];
        const std::uint64_t drawn = chance.below(100);
        const char* priority = drawn < 82 ? "routine" : drawn < 93 ? "urgent" : "two_week_wait";
        const std::uint64_t fault = chance.below(1000);
        const auto& function =
            source_.calibration.treatment_functions[made.treatment_function].code;
        text += csv_line(
            {fmt::format("F{:07}", next_++), fault == 0 ? "not known" : date_text(made.day),
             answering(source_.world, practice, made.day).text(),
             source_.world.providers[made.provider].code.text(), fault == 1 ? "" : function,
             priority, std::to_string(age_on(person.born, made.day)), person.male ? "1" : "2"});
    }

    const RecordSource& source_;
    std::vector<bool> by_gp_;
    std::int64_t next_ = 1;
};

}  // namespace

void write_referrals(const RecordSource& source, const std::filesystem::path& folder) {
    ReferralRows rows(source);
    for (Month month = source.world.first; month <= source.world.last; month = month + 1) {
        write_text(folder / "referrals" / (to_text(month) + ".csv"), rows.of(month));
    }
}

namespace {

// Most wait some weeks, few long: the lesser of two draws.
int some_weeks(Chance& chance) { return std::min(chance.between(0, 40), chance.between(0, 40)); }

void add_waiting(const RecordSource& source, std::size_t place, Month from, Date day,
                 Chance& chance, std::string& text) {
    const World& world = source.world;
    const FictionalPractice& practice = world.practices[place];
    const std::string code = answering(world, practice, day).text();
    const auto add = [&](std::uint8_t provider, const std::string& function, const char* waits_for,
                         const std::string& hrg) {
        if (chance.below(20) == 0) return;  // was seen meanwhile
        text += csv_line({code, world.providers[provider].code.text(), function, waits_for, hrg,
                          std::to_string(some_weeks(chance))});
    };
    for (const Spell& spell : source.events[place].spells) {
        const bool planned = spell.kind == SpellKind::day_case || spell.kind == SpellKind::elective;
        if (!planned || Month::of(spell.admission) < from) continue;
        const HrgMix& hrg = source.calibration.hrgs[spell.hrg];
        if (hrg.treatment_function.empty()) continue;
        // For one in five the procedure is not coded yet.
        add(spell.provider, hrg.treatment_function, "admission",
            chance.below(5) == 0 ? "" : hrg.code);
    }
    for (const Appointment& made : source.events[place].appointments) {
        if (made.first_attendance != '1' || Month::of(made.day) < from) continue;
        add(made.provider, source.calibration.treatment_functions[made.treatment_function].code,
            "outpatient", "");
    }
}

}  // namespace

void write_waiting_list(const RecordSource& source, const std::filesystem::path& folder) {
    const World& world = source.world;
    const Date day = world.last.last_day();
    std::string text = "practice,provider,treatment_function,waits_for,hrg,weeks_waiting\n";
    for (std::size_t place = 0; place < world.practices.size(); ++place) {
        Chance chance(source.options.seed, waiting_stream, place);
        add_waiting(source, place, world.last - 1, day, chance, text);
    }
    write_text(folder / "waiting_lists" / (to_text(day) + ".csv"), text);
}

}  // namespace purse
