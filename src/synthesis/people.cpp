#include "synthesis/people.hpp"

#include <fmt/format.h>

#include "money/shares.hpp"

namespace purse {

namespace {

enum PeopleStream : std::uint64_t {
    sizes_stream = 101,
    traits_stream,
    birthdays_stream,
    names_stream,
    numbers_stream
};

constexpr std::array<std::string_view, 25> first_parts = {
    "Alder",   "Bram",    "Cinder", "Dove", "Elm",    "Fern",   "Gorse",  "Hazel", "Iron",
    "Juniper", "Kettle",  "Larch",  "Moss", "North",  "Oaken",  "Pebble", "Quill", "Rook",
    "Stone",   "Thistle", "Under",  "Vale", "Willow", "Yarrow", "Silver"};
constexpr std::array<std::string_view, 12> second_parts = {"brook", "combe", "dale",  "field",
                                                           "gate",  "ham",   "leigh", "mere",
                                                           "ridge", "stead", "well",  "wick"};
constexpr std::array<std::string_view, 4> kinds = {"Surgery", "Medical Centre", "Health Centre",
                                                   "Group Practice"};

std::string practice_name(std::size_t place) {
    return fmt::format("Fictional {}{} {}", first_parts[place % first_parts.size()],
                       second_parts[(place / first_parts.size() + place * 5) % second_parts.size()],
                       kinds[place * 7 / 3 % kinds.size()]);
}

// The check digit of nine digits, 10 when they make no NHS number.
std::uint64_t check_digit(std::uint64_t nine) {
    std::uint64_t sum = 0;
    for (std::uint64_t weight = 2; weight <= 10; ++weight) {
        sum += nine % 10 * weight;
        nine /= 10;
    }
    return (11 - sum % 11) % 11;
}

std::vector<std::uint64_t> test_numbers(std::uint64_t seed, std::size_t wanted) {
    std::vector<std::uint64_t> valid;
    for (std::uint64_t nine = 999'000'000; nine <= 999'999'999; ++nine) {
        const std::uint64_t check = check_digit(nine);
        if (check != 10) valid.push_back(nine * 10 + check);
    }
    Chance chance(seed, numbers_stream, 0);
    const std::size_t taken = std::min(wanted, valid.size());
    for (std::size_t i = 0; i < taken; ++i) {
        std::swap(valid[i], valid[i + chance.below(valid.size() - i)]);
    }
    valid.resize(taken);
    return valid;
}

std::vector<std::int64_t> list_sizes(const SynthesisOptions& options,
                                     const Calibration& calibration) {
    std::vector<std::int64_t> weights;
    if (!options.given_practices.empty()) {
        for (const GivenPractice& given : options.given_practices)
            weights.push_back(given.patients);
        return weights;
    }
    // Places of the published distribution, evenly spread and in mixed order.
    const auto& quantiles = calibration.list_size_twentieths;
    const auto count = static_cast<std::size_t>(options.practices);
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t at = i * quantiles.size() * 16 / count;
        const std::size_t place = std::min(at / 16, quantiles.size() - 1);
        const std::size_t next = std::min(place + 1, quantiles.size() - 1);
        const auto part = static_cast<std::int64_t>(at % 16);
        weights.push_back(quantiles[place] + (quantiles[next] - quantiles[place]) * part / 16);
    }
    Chance chance(options.seed, sizes_stream, 0);
    for (std::size_t i = count; i > 1; --i) std::swap(weights[i - 1], weights[chance.below(i)]);
    std::vector<std::int64_t> people;
    for (const Pence share : shared_out(Pence(options.population), weights)) {
        people.push_back(std::max<std::int64_t>(share.count(), 200));
    }
    return people;
}

// People by band and sex, older or younger than average by the practice's tilt.
std::vector<std::int64_t> band_weights(const Calibration& calibration, std::int64_t tilt) {
    std::vector<std::int64_t> weights;
    for (const ByBand& bands : calibration.population) {
        for (std::size_t band = 0; band < age_bands; ++band) {
            const auto lean = tilt * (static_cast<std::int64_t>(band) - 5);
            weights.push_back(bands[band] * std::max<std::int64_t>(1000 + lean, 100));
        }
    }
    return weights;
}

Date birthday(Chance& chance, const Calibration& calibration, std::size_t band, Date on) {
    const int least = static_cast<int>(calibration.least_age[band]);
    // Beyond 85 each year holds about a sixth fewer.
    int years = 0;
    if (band + 1 < age_bands) {
        years = chance.between(0, static_cast<int>(calibration.least_age[band + 1]) - least - 1);
    } else {
        while (years < 18 && chance.happens(830'000)) ++years;
    }
    return on - (least + years) * 365 - (least + years) / 4 - chance.between(0, 364);
}

// People are laid out by their age on the last day, so that the youngest are born on the way.
void settle(FictionalPractice& practice, std::size_t place, std::int64_t list,
            const SynthesisOptions& options, const Calibration& calibration, const World& world,
            std::uint32_t first_number) {
    Chance traits_chance(options.seed, traits_stream, place);
    practice.deprivation = traits_chance.below(5);
    practice.use = 1000 + calibration.use_spread * traits_chance.normal_thousandths() / 1000;
    const auto weights = band_weights(calibration, traits_chance.normal_thousandths() * 25 / 1000);
    Chance chance(options.seed, birthdays_stream, place);
    // A year's births in the last bands are not on the first day's list: settle that many more.
    const std::int64_t more = list * 12 * options.years / 1000;
    const auto by_band = shared_out(Pence(list + more), weights);
    for (std::size_t group = 0; group < by_band.size(); ++group) {
        for (std::int64_t i = 0; i < by_band[group].count(); ++i) {
            FictionalPerson person;
            person.male = group >= age_bands;
            person.born = birthday(chance, calibration, group % age_bands, world.last.last_day());
            person.number = first_number + static_cast<std::uint32_t>(practice.people.size());
            const auto& use = calibration.use_sixteenths;
            person.use = static_cast<std::uint32_t>(use[chance.below(use.size())]);
            practice.people.push_back(person);
        }
    }
}

std::int64_t weight_of(const FictionalPerson& person, Care care, std::size_t band,
                       std::size_t deprived, const Calibration& from) {
    const std::size_t sex = person.male ? 1 : 0;
    const auto use = static_cast<std::int64_t>(person.use);
    switch (care) {
        case Care::emergency:
            return from.emergency_by_age[sex][band] * from.deprivation_emergency[deprived] * use;
        case Care::elective:
            return from.elective_by_age[sex][band] * from.deprivation_elective[deprived] * use;
        case Care::antenatal:
            return !person.male && band >= 3 && band <= 5 ? 100'000 : 0;
        case Care::outpatient:
            return from.outpatient_by_age[sex][band] * from.deprivation_outpatient[deprived] * use;
        case Care::ae:
            return from.ae_by_age[sex][band] * from.deprivation_emergency[deprived] * use;
        case Care::prescribing:
            return from.prescribing_by_age[sex][band] * 1000;
    }
    return 0;
}

void weigh(FictionalPractice& practice, const Calibration& calibration, const World& world) {
    const Date middle =
        world.first.first_day() + (world.last.last_day() - world.first.first_day()) / 2;
    for (std::size_t kind = 0; kind < kinds_of_care; ++kind) {
        for (const FictionalPerson& person : practice.people) {
            const int age = person.born > middle ? 0 : age_on(person.born, middle);
            practice.weights[kind].add(weight_of(person, static_cast<Care>(kind),
                                                 calibration.band_of(age), practice.deprivation,
                                                 calibration));
        }
    }
}

void choose_providers(FictionalPractice& practice, std::size_t place, std::size_t providers,
                      const Calibration& calibration) {
    std::vector<std::int64_t> shares(providers, 0);
    for (std::size_t rank = 0; rank < providers; ++rank) {
        const std::size_t known = std::min(rank, calibration.provider_shares.size() - 1);
        // The nearest hospital goes round the practices; the last provider is nobody's nearest.
        const std::size_t nearest = place % std::max<std::size_t>(providers - 1, 1);
        shares[(nearest + rank) % providers] = calibration.provider_shares[known];
    }
    for (const std::int64_t share : shares) practice.providers.add(share);
}

void plant_stories(World& world, FinancialYear last_year) {
    const std::size_t count = world.practices.size();
    if (count < 8) return;
    const auto middling = [&](std::size_t nth) { return (count * nth / 8 + 1) % count; };
    world.practices[middling(1)].refers_more = true;
    FictionalPractice& closing = world.practices[middling(3)];
    closing.closes = Date::of(last_year.starts(), 9, 30);
    closing.successor = middling(4);
    const FictionalPractice& successor = world.practices[closing.successor];
    // A clinic is opened where there are patients for it: at the largest of the others.
    FictionalPractice* largest = nullptr;
    for (FictionalPractice& practice : world.practices) {
        const bool tells = practice.refers_more || practice.closes || &practice == &successor;
        if (tells || (largest != nullptr && practice.people.size() <= largest->people.size())) {
            continue;
        }
        largest = &practice;
    }
    largest->redesigns_from = Date::of(last_year.starts(), 7, 1);
    if (world.providers.size() > 2) {
        world.providers[2].miscodes_day_cases_from = Date::of(last_year.starts(), 9, 1);
    }
}

void add_providers(World& world, const SynthesisOptions& options, const Calibration& calibration) {
    for (const GivenProvider& given : options.given_providers) {
        world.providers.push_back({given.code, given.code.text(), given.market_forces, {}});
    }
    if (!options.given_providers.empty()) return;
    for (int i = 0; i < options.providers; ++i) {
        const ProviderMix& mix = calibration.providers[static_cast<std::size_t>(i)];
        world.providers.push_back({ProviderCode(mix.code), mix.name, mix.market_forces, {}});
    }
}

}  // namespace

Result<World> make_world(const SynthesisOptions& options, const Calibration& calibration) {
    World world;
    world.first = options.first_year.first_month();
    world.last = (options.first_year + (options.years - 1)).last_month();
    add_providers(world, options, calibration);
    std::uint32_t number = 0;
    const auto sizes_of_lists = list_sizes(options, calibration);
    for (std::size_t place = 0; place < sizes_of_lists.size(); ++place) {
        FictionalPractice practice;
        practice.code = options.given_practices.empty()
                            ? PracticeCode(fmt::format("X9{:04}", place + 1))
                            : options.given_practices[place].code;
        practice.name = practice_name(place);
        settle(practice, place, sizes_of_lists[place], options, calibration, world, number);
        number += static_cast<std::uint32_t>(practice.people.size());
        weigh(practice, calibration, world);
        choose_providers(practice, place, world.providers.size(), calibration);
        for (std::size_t kind = 0; kind < kinds_of_care; ++kind) {
            world.total_weight[kind] += practice.weights[kind].total();
        }
        world.population += sizes_of_lists[place];
        world.practices.push_back(std::move(practice));
    }
    world.nhs_numbers = test_numbers(options.seed, number);
    if (options.stories) plant_stories(world, options.first_year + (options.years - 1));
    return world;
}

std::vector<Story> stories_of(const World& world) {
    std::vector<Story> stories;
    for (const FictionalPractice& practice : world.practices) {
        const std::string code = practice.code.text();
        if (practice.refers_more) {
            stories.push_back({"refers more", code, to_text(world.first.first_day()),
                               "first outpatient attendances 1.6 times the expected number in the "
                               "first year and twice in the years after"});
        }
        if (practice.closes) {
            stories.push_back({"merger", code, to_text(*practice.closes + 1),
                               "closes the day before; its patients and records go on under " +
                                   world.practices[practice.successor].code.text()});
        }
        if (practice.redesigns_from) {
            stories.push_back({"redesign", code, to_text(*practice.redesigns_from),
                               "emergency admissions for chest and heart conditions (HRGs DZ, "
                               "EB03, EB07, EB14) fall by 45%"});
        }
    }
    for (const FictionalProvider& provider : world.providers) {
        if (provider.miscodes_day_cases_from) {
            stories.push_back({"coding error", provider.code.text(),
                               to_text(*provider.miscodes_day_cases_from),
                               "day cases are coded as ordinary admissions of no days (patient "
                               "classification 1 in place of 2)"});
        }
    }
    return stories;
}

}  // namespace purse
