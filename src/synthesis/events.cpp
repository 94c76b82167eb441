#include "synthesis/events.hpp"

namespace purse {

namespace {

enum EventStream : std::uint64_t {
    spells_stream = 201,
    births_stream,
    appointments_stream,
    ae_stream
};

bool weekend(Date day) { return (day.days() + 3) % 7 >= 5; }

Date day_in(Month month, bool weekdays, Chance& chance) {
    Date day = month.first_day() + chance.between(0, month.days() - 1);
    while (weekdays && weekend(day)) day = month.first_day() + chance.between(0, month.days() - 1);
    return day;
}

Weighted weights_of(const std::vector<ChosenCode>& codes) {
    Weighted weights;
    for (const ChosenCode& code : codes) weights.add(code.weight);
    return weights;
}

Weighted weights_of(const std::vector<std::int64_t>& numbers) {
    Weighted weights;
    for (const std::int64_t number : numbers) weights.add(number);
    return weights;
}

std::array<char, 2> two(std::string_view code) { return {code.at(0), code.at(1)}; }

// One practice's years in the making.
class Life {
  public:
    Life(World& world, std::size_t place, const Calibration& calibration, const CaseMix& mix,
         std::uint64_t seed)
        : world_(world),
          practice_(world.practices[place]),
          place_(place),
          from_(calibration),
          mix_(mix),
          seed_(seed),
          emergency_methods_(weights_of(calibration.emergency_methods)),
          elective_methods_(weights_of(calibration.elective_methods)) {
        const int years = (world.last - world.first + 1) / 12;
        events_.expected.resize(static_cast<std::size_t>(years));
        for (auto& year : events_.expected) year.fill(0);
    }

    PracticeEvents lived() {
        // Two months early, so that the first months have their long stays.
        for (Month month = world_.first - 2; month <= world_.last; month = month + 1) {
            admissions(month);
        }
        births();
        settle_spells();
        Chance chance(seed_, appointments_stream, place_);
        for (Month month = world_.first; month <= world_.last; month = month + 1) {
            appointments(month, chance);
        }
        attendances();
        sort_events();
        return std::move(events_);
    }

  private:
    // The practice's expected number of a month, in thousandths.
    std::int64_t expected(std::int64_t rate, const ByMonth& season, Care care, Month month) const {
        const auto place = static_cast<std::size_t>(month.place_in_year() - 1);
        const wide yearly = wide{rate} * world_.population * practice_.weight(care);
        const auto total = world_.total_weight[static_cast<std::size_t>(care)];
        const std::int64_t monthly =
            divided(yearly * season[place], wide{total} * 12'000'000, Rounding::half_up);
        const std::int64_t years = (month - world_.first) / 12;
        return monthly * (Chance::million + years * from_.yearly_growth) / Chance::million *
               practice_.use / 1000;
    }

    void expect(ExpectedLine line, Month month, std::int64_t thousandths) {
        if (month < world_.first) return;
        const auto year = static_cast<std::size_t>((month - world_.first) / 12);
        events_.expected[year][static_cast<std::size_t>(line)] += thousandths;
    }

    std::uint32_t somebody(Care care, Chance& chance) const {
        return static_cast<std::uint32_t>(
            practice_.weights[static_cast<std::size_t>(care)].pick(chance));
    }

    std::uint8_t some_provider(Chance& chance) const {
        return static_cast<std::uint8_t>(practice_.providers.pick(chance));
    }

    void admissions(Month month) {
        Chance chance(seed_, spells_stream,
                      place_ * 1000 + static_cast<std::size_t>(month - (world_.first - 2)));
        // Readmissions come on top, about as many in a hundred as spells lead to one.
        const std::int64_t emergencies =
            expected(from_.emergency_rate, from_.emergency_season, Care::emergency, month);
        expect(ExpectedLine::non_elective, month, emergencies);
        many(SpellKind::emergency, month,
             emergencies * (Chance::million - from_.readmission) / Chance::million, chance);
        const std::int64_t day_cases =
            expected(from_.day_case_rate, from_.elective_season, Care::elective, month);
        expect(ExpectedLine::day_case, month, day_cases);
        many(SpellKind::day_case, month, day_cases, chance);
        const std::int64_t electives =
            expected(from_.elective_rate, from_.elective_season, Care::elective, month);
        expect(ExpectedLine::elective, month, electives);
        many(SpellKind::elective, month, electives, chance);
        const std::int64_t antenatal =
            expected(from_.antenatal_rate, from_.emergency_season, Care::antenatal, month);
        many(SpellKind::antenatal, month, antenatal, chance);
    }

    static Care care_of(SpellKind kind) {
        if (kind == SpellKind::emergency) return Care::emergency;
        return kind == SpellKind::antenatal ? Care::antenatal : Care::elective;
    }

    void many(SpellKind kind, Month month, std::int64_t thousandths, Chance& chance) {
        const bool planned = kind == SpellKind::day_case || kind == SpellKind::elective;
        for (std::int64_t left = chance.events(thousandths); left > 0; --left) {
            const std::uint32_t person = somebody(care_of(kind), chance);
            const Date day = day_in(month, planned, chance);
            const std::uint8_t provider = some_provider(chance);
            admit(kind, person, day, provider, chance);
        }
    }

    // One spell, and now and then the readmission that follows from it.
    void admit(SpellKind kind, std::uint32_t person, Date day, std::uint8_t provider,
               Chance& chance) {
        const FictionalPerson& who = practice_.people[person];
        if (!who.lives_on(day)) return;
        const int age = age_on(who.born, day);
        const int season = Month::of(day).place_in_year();
        if (!mix_.has(kind, season, age, who.male)) return;
        Spell spell;
        spell.person = person;
        spell.kind = kind;
        spell.admission = day;
        spell.provider = provider;
        spell.hrg = mix_.pick(kind, season, age, who.male, chance);
        spell.method = method_of(kind, chance);
        const int stay = stay_of(spell, chance);
        spell.discharge = day + stay;
        if (kind == SpellKind::day_case && chance.happens(from_.regular_day)) {
            spell.kind = SpellKind::regular_day;
        }
        adorn(spell, age, chance);
        const bool kept = !redesigned_away(spell, chance);
        if (kept) events_.spells.push_back(spell);
        const bool may_return = kind == SpellKind::emergency || kind == SpellKind::elective;
        if (may_return && chance.happens(from_.readmission) && spell.discharge_method != '4') {
            const Date again = spell.discharge + chance.between(1, 29);
            if (again <= world_.last.last_day()) {
                admit(SpellKind::emergency, person, again, provider, chance);
            }
        }
    }

    bool redesigned_away(const Spell& spell, Chance& chance) const {
        if (!practice_.redesigns_from || spell.admission < *practice_.redesigns_from) return false;
        const HrgMix& hrg = from_.hrgs[spell.hrg];
        return spell.kind == SpellKind::emergency && hrg.group == HrgGroup::respiratory_heart &&
               chance.happens(450'000);
    }

    std::array<char, 2> method_of(SpellKind kind, Chance& chance) const {
        switch (kind) {
            case SpellKind::emergency: {
                // As many through A&E as the attendances that end in admission.
                const std::int64_t through = divided(wide{from_.ae_rate} * from_.ae_admitted,
                                                     from_.emergency_rate, Rounding::half_up);
                if (chance.happens(through)) return {'2', '1'};
                return two(from_.emergency_methods[emergency_methods_.pick(chance)].code);
            }
            case SpellKind::delivery:
                return {'3', '1'};
            case SpellKind::antenatal:
                return chance.happens(200'000) ? std::array{'3', '2'} : std::array{'3', '1'};
            case SpellKind::newborn:
                return {'8', '2'};
            default:
                return two(from_.elective_methods[elective_methods_.pick(chance)].code);
        }
    }

    int stay_of(const Spell& spell, Chance& chance) const {
        const HrgMix& hrg = from_.hrgs[spell.hrg];
        switch (spell.kind) {
            case SpellKind::day_case:
            case SpellKind::regular_day:
                return 0;
            case SpellKind::elective:
                return chance.happens(120'000) ? 0 : tail(hrg.elective_trim, 1, chance);
            case SpellKind::emergency: {
                const std::int64_t brief = hrg.short_emergencies * from_.short_stay_scale / 100;
                const std::int64_t all = brief + hrg.long_emergencies;
                if (all > 0 && static_cast<std::int64_t>(
                                   chance.below(static_cast<std::uint64_t>(all))) < brief) {
                    return chance.happens(from_.zero_days_of_short) ? 0 : 1;
                }
                return tail(hrg.non_elective_trim, 2, chance);
            }
            case SpellKind::delivery:
                return chance.between(0, 3);
            case SpellKind::antenatal:
                return chance.happens(600'000) ? 0 : chance.between(1, 3);
            case SpellKind::newborn:
                return chance.between(0, 3);
        }
        return 0;
    }

    int tail(int trim, int least, Chance& chance) const {
        const auto& stays = from_.stay_32nds;
        const std::size_t place = chance.below(stays.size());
        const std::int64_t low = stays[place];
        // Within a step evenly; beyond the last, to three times it.
        const std::int64_t high = place + 1 < stays.size() ? stays[place + 1] : low * 2;
        const auto thousandths =
            low +
            static_cast<std::int64_t>(chance.below(static_cast<std::uint64_t>(high - low + 1)));
        const std::int64_t days = (thousandths * trim + 500) / 1000;
        return std::max(least, static_cast<int>(days));
    }

    // Episodes, days paid apart, flags, and how the stay ended.
    void adorn(Spell& spell, int age, Chance& chance) const {
        const int days = spell.days();
        if (days >= 1 && chance.happens(from_.several_episodes * 2)) {
            spell.episodes = chance.happens(250'000) && days >= 3 ? 3 : 2;
        }
        const auto some = [&](std::int64_t share, int least, int most) {
            return static_cast<std::uint8_t>(days >= least && chance.happens(share)
                                                 ? chance.between(1, std::min(days, most))
                                                 : 0);
        };
        spell.critical_care = some(from_.critical_care, 3, 9);
        const int rest = days - spell.critical_care;
        spell.rehabilitation = rest > 20 ? some(from_.rehabilitation * 4, 20, 20) : std::uint8_t{0};
        spell.palliative = rest > 40 ? some(from_.palliative * 4, 40, 10) : std::uint8_t{0};
        spell.delayed = some(from_.delayed, 15, 10);
        const std::array<std::pair<Mark, std::int64_t>, 3> rare = {{
            {private_patient, spell.kind == SpellKind::emergency ? 0 : from_.private_patients * 2},
            {amenity_bed, from_.amenity},
            {outside_national_price, from_.outside_national_price},
        }};
        for (const auto& [mark, share] : rare) {
            if (chance.happens(share)) spell.marks = mark;
        }
        if (chance.happens(from_.best_practice_share)) spell.marks |= best_practice;
        if (chance.happens(from_.specialised_share)) spell.marks |= specialised;
        const FictionalProvider& provider = world_.providers[spell.provider];
        if (spell.kind == SpellKind::day_case && provider.miscodes_day_cases_from &&
            spell.discharge >= *provider.miscodes_day_cases_from) {
            spell.marks |= coded_as_ordinary;
        }
        spell.discharge_method = ending(spell.kind, age, chance);
    }

    static char ending(SpellKind kind, int age, Chance& chance) {
        if (kind != SpellKind::emergency) return '1';
        const std::int64_t died = age < 45   ? 1'000
                                  : age < 65 ? 10'000
                                  : age < 75 ? 28'000
                                  : age < 85 ? 45'000
                                             : 70'000;
        if (chance.happens(died)) return '4';
        return chance.happens(12'000) ? '2' : '1';
    }

    void births() {
        Chance chance(seed_, births_stream, place_);
        for (std::uint32_t i = 0; i < practice_.people.size(); ++i) {
            const Date born = practice_.people[i].born;
            if (born < world_.first.first_day() || born > world_.last.last_day()) continue;
            if (!chance.happens(960'000)) continue;
            const std::uint8_t provider = some_provider(chance);
            admit(SpellKind::newborn, i, born, provider, chance);
            admit(SpellKind::delivery, somebody(Care::antenatal, chance), born, provider, chance);
            expect(ExpectedLine::maternity, Month::of(born), 1000);
        }
    }

    // Nobody lies in two beds, or comes back from the dead; what ends outside the years is dropped.
    void settle_spells() {
        auto& spells = events_.spells;
        std::stable_sort(spells.begin(), spells.end(), [](const Spell& a, const Spell& b) {
            return std::pair(a.person, a.admission) < std::pair(b.person, b.admission);
        });
        std::vector<Spell> kept;
        kept.reserve(spells.size());
        for (const Spell& spell : spells) {
            FictionalPerson& person = practice_.people[spell.person];
            if (!person.lives_on(spell.admission)) continue;
            const bool follows = !kept.empty() && kept.back().person == spell.person;
            if (follows && spell.admission < kept.back().discharge) continue;
            kept.push_back(spell);
            if (spell.discharge_method == '4') person.died = spell.discharge + 1;
        }
        std::erase_if(kept, [&](const Spell& spell) {
            return spell.discharge < world_.first.first_day() ||
                   spell.discharge > world_.last.last_day();
        });
        spells = std::move(kept);
    }

    void appointments(Month month, Chance& chance) {
        const std::int64_t all =
            expected(from_.appointment_rate, from_.outpatient_season, Care::outpatient, month);
        const std::int64_t firsts = all * 1000 / (1000 + from_.follow_ups_per_first);
        const std::int64_t follow_ups = all - firsts;
        const std::int64_t attended = from_.attended;
        expect(ExpectedLine::outpatient_first, month, firsts * attended / Chance::million);
        expect(ExpectedLine::outpatient_follow_up, month, follow_ups * attended / Chance::million);
        const std::int64_t tenths = month < world_.first + 12 ? 16 : 20;
        const std::int64_t referred = practice_.refers_more ? firsts * tenths / 10 : firsts;
        for (auto left = chance.events(referred); left > 0; --left) appoint(month, true, chance);
        for (auto left = chance.events(follow_ups); left > 0; --left) appoint(month, false, chance);
    }

    void appoint(Month month, bool first, Chance& chance) {
        Appointment made;
        made.person = somebody(Care::outpatient, chance);
        made.day = day_in(month, true, chance);
        const FictionalPerson& who = practice_.people[made.person];
        if (!who.lives_on(made.day)) return;
        const int age = age_on(who.born, made.day);
        made.treatment_function = some_function(age, who.male, chance);
        made.provider = some_provider(chance);
        const bool by_telephone = chance.happens(from_.telephone);
        made.first_attendance = first ? (by_telephone ? '3' : '1') : (by_telephone ? '4' : '2');
        made.attended = attendance(chance);
        made.multi_professional = chance.happens(from_.multi_professional) ? '2' : '1';
        made.referral_source = some_source(chance);
        if (chance.happens(from_.private_patients)) made.marks = private_patient;
        if (chance.happens(from_.outside_national_price / 2)) made.marks = outside_national_price;
        if (made.attended == '5') examine(made, by_telephone, age, chance);
        events_.appointments.push_back(made);
    }

    void examine(Appointment& made, bool by_telephone, int age, Chance& chance) const {
        if (!by_telephone && age >= 19 && chance.happens(from_.procedure * 2)) {
            made.procedure = procedure_in(made.treatment_function, chance);
        }
        if (chance.happens(from_.imaging)) made.scan = one_of(from_.imaging_mix, chance);
        if (chance.happens(from_.direct_access_share)) {
            made.direct_access =
                static_cast<std::uint8_t>(chance.below(from_.direct_access.size() + 1));
        }
    }

    static std::uint8_t one_of(const std::vector<ScanMix>& scans, Chance& chance) {
        std::int64_t all = 0;
        for (const ScanMix& scan : scans) all += scan.share;
        auto drawn = static_cast<std::int64_t>(chance.below(static_cast<std::uint64_t>(all)));
        std::uint8_t place = 0;
        while (drawn >= scans[place].share) drawn -= scans[place++].share;
        return place;
    }

    // A procedure of the clinic; clinics without any give none.
    std::uint8_t procedure_in(std::uint8_t function, Chance& chance) const {
        std::int64_t all = 0;
        const std::string& code = from_.treatment_functions[function].code;
        for (const ProcedureMix& mix : from_.procedures) {
            if (mix.treatment_function == code) all += mix.share;
        }
        if (all == 0) return Appointment::none;
        auto drawn = static_cast<std::int64_t>(chance.below(static_cast<std::uint64_t>(all)));
        for (std::size_t i = 0; i < from_.procedures.size(); ++i) {
            if (from_.procedures[i].treatment_function != code) continue;
            if (drawn < from_.procedures[i].share) return static_cast<std::uint8_t>(i);
            drawn -= from_.procedures[i].share;
        }
        return Appointment::none;
    }

    std::uint8_t some_function(int age, bool male, Chance& chance) const {
        std::int64_t all = 0;
        const auto& functions = from_.treatment_functions;
        const auto fits = [&](const TreatmentFunctionMix& mix) {
            return age >= mix.least_age && age <= mix.most_age && !(mix.sex == 'F' && male);
        };
        for (const auto& mix : functions) all += fits(mix) ? mix.share : 0;
        auto drawn = static_cast<std::int64_t>(chance.below(static_cast<std::uint64_t>(all)));
        for (std::size_t i = 0; i < functions.size(); ++i) {
            if (!fits(functions[i])) continue;
            if (drawn < functions[i].share) return static_cast<std::uint8_t>(i);
            drawn -= functions[i].share;
        }
        return 0;
    }

    char attendance(Chance& chance) const {
        const auto drawn = static_cast<std::int64_t>(chance.below(1'000'000));
        if (drawn < from_.attended) return '5';
        if (drawn < from_.attended + from_.did_not_attend) return '3';
        const std::uint64_t other = chance.below(100);
        return other < 50 ? '2' : other < 95 ? '4' : '7';
    }

    std::uint8_t some_source(Chance& chance) const {
        std::int64_t drawn = 0, all = 0;
        for (const ChosenCode& code : from_.referral_sources) all += code.weight;
        drawn = static_cast<std::int64_t>(chance.below(static_cast<std::uint64_t>(all)));
        std::uint8_t place = 0;
        while (drawn >= from_.referral_sources[place].weight) {
            drawn -= from_.referral_sources[place++].weight;
        }
        return place;
    }

    // Those who are admitted through A&E were in A&E that day; the others come and go.
    void attendances() {
        Chance chance(seed_, ae_stream, place_);
        const Weighted admitted_mix = weights_of(from_.ae_admitted_mix);
        for (const Spell& spell : events_.spells) {
            if (spell.method != std::array{'2', '1'}) continue;
            if (spell.admission < world_.first.first_day()) continue;
            Attendance came;
            came.person = spell.person;
            came.day = spell.admission;
            came.provider = spell.provider;
            came.admitted = true;
            came.hrg = static_cast<std::uint8_t>(admitted_mix.pick(chance));
            events_.attendances.push_back(came);
        }
        const Weighted major = weights_of(from_.ae_type_1_mix);
        const Weighted minor = weights_of(from_.ae_type_3_mix);
        const Weighted departments = weights_of(from_.department_types);
        const Weighted disposals = weights_of(from_.disposals);
        for (Month month = world_.first; month <= world_.last; month = month + 1) {
            const std::int64_t all = expected(from_.ae_rate, from_.ae_season, Care::ae, month);
            expect(ExpectedLine::emergency_department, month, all);
            const std::int64_t home = all * (Chance::million - from_.ae_admitted) / Chance::million;
            for (auto left = chance.events(home); left > 0; --left) {
                Attendance came;
                came.person = somebody(Care::ae, chance);
                came.day = day_in(month, false, chance);
                if (!practice_.people[came.person].lives_on(came.day)) continue;
                came.provider = some_provider(chance);
                came.department = static_cast<std::uint8_t>(departments.pick(chance));
                came.hrg = static_cast<std::uint8_t>(came.department < 2 ? major.pick(chance)
                                                                         : minor.pick(chance));
                came.disposal = static_cast<std::uint8_t>(disposals.pick(chance));
                const std::uint64_t drawn = chance.below(1000);
                came.category = drawn < 940 ? '1' : drawn < 965 ? '3' : drawn < 998 ? '4' : '2';
                events_.attendances.push_back(came);
            }
        }
    }

    void sort_events() {
        std::stable_sort(events_.spells.begin(), events_.spells.end(),
                         [](const Spell& a, const Spell& b) { return a.discharge < b.discharge; });
        const auto by_day = [](const auto& a, const auto& b) { return a.day < b.day; };
        std::stable_sort(events_.appointments.begin(), events_.appointments.end(), by_day);
        std::stable_sort(events_.attendances.begin(), events_.attendances.end(), by_day);
    }

    World& world_;
    FictionalPractice& practice_;
    std::size_t place_;
    const Calibration& from_;
    const CaseMix& mix_;
    std::uint64_t seed_;
    Weighted emergency_methods_, elective_methods_;
    PracticeEvents events_;
};

}  // namespace

PracticeEvents events_of(World& world, std::size_t practice, const Calibration& calibration,
                         const CaseMix& mix, std::uint64_t seed) {
    return Life(world, practice, calibration, mix, seed).lived();
}

}  // namespace purse
