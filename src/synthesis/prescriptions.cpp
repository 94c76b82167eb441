#include "synthesis/prescriptions.hpp"

#include <fmt/format.h>

#include <set>

#include "money/fine_pence.hpp"
#include "money/shares.hpp"

namespace purse {

namespace {

enum PrescriptionStream : std::uint64_t { medicines_stream = 401 };

constexpr std::array<std::string_view, 20> beginnings = {
    "Bre", "Cal", "Dor", "Fel", "Gan", "Hir", "Jov", "Kel", "Lum", "Mor",
    "Nav", "Ola", "Pel", "Quo", "Ras", "Sul", "Tam", "Ven", "Wex", "Zor"};
constexpr std::array<std::string_view, 12> middles = {"la", "ti", "vo", "ne", "xi", "ra",
                                                      "do", "mi", "fu", "se", "ga", "bu"};
constexpr std::array<std::string_view, 10> endings = {
    "demol", "demine", "demab", "demide", "demone", "demex", "demate", "demin", "demase", "demil"};
constexpr std::array<std::string_view, 8> forms = {
    "10mg tablets",   "25mg tablets", "50mg capsules", "100mg tablets",
    "5mg/5ml liquid", "1% cream",     "inhaler",       "20mg capsules"};

std::string medicine_name(Chance& chance, std::set<std::string>& taken) {
    for (;;) {
        // One draw a statement: arguments are evaluated in no fixed order.
        std::string name(beginnings[chance.below(beginnings.size())]);
        name += middles[chance.below(middles.size())];
        name += endings[chance.below(endings.size())];
        name += ' ';
        name += forms[chance.below(forms.size())];
        if (taken.insert(name).second) return name;
    }
}

// Fifteen characters: chapter, section, paragraph, sub-paragraph, chemical, product, presentation.
std::string bnf_code(const ChapterMix& chapter, std::int64_t place) {
    const auto letter = [](std::int64_t value) { return static_cast<char>('A' + value % 26); };
    return fmt::format("{}{:02}{:02}0{}{}AA{}A{}A", chapter.chapter, place % 9 + 1,
                       place / 9 % 5 + 1, letter(place / 26), letter(place), letter(place / 7),
                       letter(place));
}

void add_chapter(const ChapterMix& chapter, std::int64_t count, std::int64_t level_thousandths,
                 const Calibration& calibration, Chance& chance, std::set<std::string>& names,
                 std::vector<Medicine>& medicines) {
    // Few medicines make most of the items: shares fall as one over the rank.
    std::int64_t all = 0;
    for (std::int64_t rank = 1; rank <= count; ++rank) all += 1'000'000 / (rank + 4);
    for (std::int64_t rank = 1; rank <= count; ++rank) {
        Medicine medicine;
        medicine.bnf_code = bnf_code(chapter, rank - 1);
        medicine.name = medicine_name(chance, names);
        medicine.share = chapter.items * 1'000'000 * (1'000'000 / (rank + 4)) / all;
        medicine.quantity =
            std::max<std::int64_t>(1, chapter.quantity_per_item * chance.between(5, 15) / 10);
        const auto& skew = calibration.use_sixteenths;
        const std::int64_t dearness = skew[chance.below(skew.size())];
        medicine.unit_thousandths = std::max<std::int64_t>(
            1, chapter.pence_per_item * level_thousandths * dearness / 100 / medicine.quantity);
        medicines.push_back(medicine);
    }
}

}  // namespace

std::vector<Medicine> made_up_medicines(const Calibration& calibration, std::uint64_t seed) {
    Chance chance(seed, medicines_stream, 0);
    std::vector<std::int64_t> rows;
    for (const ChapterMix& chapter : calibration.chapters) rows.push_back(chapter.rows);
    const auto counts = shared_out(Pence(calibration.presentations), rows);
    std::vector<Medicine> medicines;
    std::set<std::string> names;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        add_chapter(calibration.chapters[i], counts[i].count(), 1000, calibration, chance, names,
                    medicines);
    }
    // The whole comes to the stated cost an item.
    wide cost = 0, share = 0;
    for (const Medicine& medicine : medicines) {
        cost += wide{medicine.share} * medicine.unit_thousandths * medicine.quantity;
        share += medicine.share;
    }
    for (Medicine& medicine : medicines) {
        medicine.unit_thousandths = std::max<std::int64_t>(
            1, divided(wide{medicine.unit_thousandths} * calibration.pence_per_item * 1000 * share,
                       cost, Rounding::half_up));
        medicine.share = divided(wide{medicine.share} * 1'000'000'000, share, Rounding::half_up);
    }
    return medicines;
}

std::int64_t items_prescribed(const World& world, std::size_t practice, Month month,
                              const Medicine& medicine, const Calibration& calibration,
                              Chance& chance) {
    const auto care = static_cast<std::size_t>(Care::prescribing);
    const FictionalPractice& here = world.practices[practice];
    const auto season =
        calibration.prescribing_season[static_cast<std::size_t>(month.place_in_year() - 1)];
    const std::int64_t all = divided(
        wide{calibration.items_per_head} * world.population * here.weight(Care::prescribing),
        wide{world.total_weight[care]} * 12, Rounding::half_up);
    const std::int64_t mean =
        divided(wide{all} * season * medicine.share, wide{1'000'000'000} * 1000, Rounding::half_up);
    return chance.events(mean);
}

MedicineCost cost_of(const Medicine& medicine, std::int64_t items, const Calibration& calibration) {
    MedicineCost cost;
    const std::int64_t exact = medicine.unit_thousandths * medicine.quantity * items;
    cost.net_thousandths = divided(exact, 1000, Rounding::half_up) * 1000;
    cost.actual_thousandths = cost.net_thousandths * calibration.actual_cost / 10'000 + items * 13;
    return cost;
}

void prescribing_row(const Medicine& medicine, std::int64_t items, Month month, PracticeCode code,
                     CommissionerCode commissioner, const Calibration& calibration, Row& row) {
    const MedicineCost cost = cost_of(medicine, items, calibration);
    row[0] = to_text(month);
    row[1] = code.text();
    row[2] = commissioner.text();
    row[3] = medicine.bnf_code;
    row[4] = medicine.name;
    row[5] = fmt::format_int(items).c_str();
    row[6] = fmt::format_int(items * medicine.quantity).c_str();
    row[7] = plain_pounds(FinePence(cost.net_thousandths));
    row[8] = plain_pounds(FinePence(cost.actual_thousandths));
}

}  // namespace purse
