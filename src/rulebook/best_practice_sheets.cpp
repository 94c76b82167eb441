// The best practice sheets: a numbered section for each clinical area, each with its own table and
// a few sentences that say which price SUS pays automatically and what applies beside it.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "rulebook/heading.hpp"
#include "rulebook/tariff_sheets.hpp"

namespace purse {
namespace {

struct Section {
    std::string title;
    std::size_t from = 0, to = 0;  // places in the sheet's rows
    std::string text;              // all its sentences, plain
};

std::vector<std::string> filled_cells(const Sheet::Row& row) {
    std::vector<std::string> filled;
    for (const auto& cell : row.cells)
        if (!cell.empty()) filled.push_back(tidy(cell));
    return filled;
}

// "4 | Diabetic ketoacidosis and hypoglycaemia", perhaps with a link back to the top.
bool starts_section(const Sheet::Row& row) {
    const auto filled = filled_cells(row);
    return (filled.size() == 2 || (filled.size() == 3 && plain(filled[2]) == "returntotop")) &&
           filled[0].size() <= 2 && is_number(filled[0]) && !is_number(filled[1]) &&
           row.cells.size() > 1 && (!row.cells[0].empty() || !row.cells[1].empty());
}

bool is_sentence(const std::string& text) { return text.size() > 40; }

std::vector<Section> sections_of(const SheetReading& reading) {
    std::vector<Section> sections;
    for (std::size_t i = 0; i < reading.rows().size(); ++i) {
        const auto& row = reading.rows()[i];
        if (starts_section(row)) {
            if (!sections.empty()) sections.back().to = i;
            sections.push_back({filled_cells(row)[1], i + 1, reading.rows().size(), {}});
        } else if (!sections.empty()) {
            const auto filled = filled_cells(row);
            const bool data = std::any_of(filled.begin(), filled.end(), hrg_of);
            if (!data && !filled.empty() && is_sentence(filled.front()))
                sections.back().text += plain(filled.front()) + " ";
        }
    }
    // The contents at the top are sections without rows.
    std::erase_if(sections, [](const Section& section) { return section.from >= section.to; });
    return sections;
}

bool says(const Section& section, std::string_view words) {
    return section.text.find(words) != std::string::npos;
}

// What SUS pays without anyone's doing, by the section's own words.
enum class Automated { nothing, base_price, best_practice_price };

Automated automated_of(const Section& section, bool any_flag) {
    if (says(section, "willnotapplythebpt") || says(section, "localreportingprocesses"))
        return Automated::nothing;
    if (says(section, "paymentofthebasetariff") || says(section, "applythebasetarifftospells") ||
        says(section, "applythebasetarifftothehrgs"))
        return Automated::base_price;
    if (says(section, "willautomatepayment") || says(section, "willapplythebestpractice"))
        return Automated::best_practice_price;
    // Pleural effusion 2016/17 states only that a flag decides.
    return any_flag ? Automated::best_practice_price : Automated::nothing;
}

bool is_emergency_section(const Section& section) {
    return says(section, "nonelectiveadmissions") || says(section, "emergencyadmissions") ||
           says(section, "shortstayemergencyadjustment");
}

struct BestPracticeColumns {
    std::optional<std::size_t> code, level, flag, day_case, combined, elective, outpatient,
        same_day, later, non_elective_base, non_elective_best, short_stay_base, short_stay_best,
        base, best, level_2, level_3;
};

BestPracticeColumns columns_of(const PriceTable& table) {
    const auto at = [&](Heading heading) { return table.column(heading); };
    BestPracticeColumns c;
    c.code = at({"", {"hrgcode"}});
    c.level = at({"", {"hrglevel"}});
    c.flag = at({"", {"bptflag"}});
    c.day_case = at({"", {"daycase", "tariff"}, {"combined"}});
    c.combined = at({"", {"combineddaycase", "elective"}});
    c.elective = at({"", {"electivetariff"}, {"nonelective"}});
    if (!c.elective)
        c.elective = at({"", {"electivenonbestpractice"}, {"nonelective", "combined"}});
    c.outpatient = at({"", {"outpatientproceduretariff"}});
    c.same_day = at({"", {"los=0"}});
    c.later = at({"", {"los>0"}});
    c.non_elective_base = at({"", {"nonbestpracticetariffnonelectivetariff"}});
    c.non_elective_best = at({"", {"bestpracticetariffnonelectivetariff"}, {"nonbest"}});
    c.short_stay_base = at({"", {"nonbestpracticetariffreducedshortstay"}});
    c.short_stay_best = at({"", {"bestpracticetariffreducedshortstay"}, {"nonbest"}});
    c.base = at({"", {"basetariff"}});
    if (!c.base) c.base = at({"", {"nonbestpracticetariff"}, {"level", "elective", "short"}});
    c.best = at({"",
                 {"bestpracticetariff"},
                 {"nonbest", "level2", "level3", "daycase", "elective", "short", "outpatient"}});
    c.level_2 = at({"", {"level2"}});
    c.level_3 = at({"", {"level3"}});
    return c;
}

class SectionReader {
  public:
    SectionReader(SheetReading& reading, Tariff& tariff, const Section& section)
        : reading_(reading), tariff_(tariff), section_(section) {}

    Outcome read() {
        for (const auto& table : reading_.tables({"hrgcode"}, section_.from, section_.to))
            if (auto done = read_table(table); !done) return done;
        note_the_rest();
        return Nothing{};
    }

  private:
    Outcome read_table(const PriceTable& table) {
        const auto columns = columns_of(table);
        automated_ = automated_of(section_, columns.flag.has_value());
        flag_.clear();
        for (std::size_t i = table.heading_row + 1; i < table.end; ++i) {
            const auto& row = reading_.rows()[i];
            const auto hrg = hrg_of(row.cell(columns.code.value_or(0)));
            if (!hrg) continue;
            BestPracticePrice price;
            price.hrg = *hrg;
            price.section = section_.title;
            price.short_stay_kept = !says(section_, "shortstayemergencyadjustmentdoesnotapply");
            price.source = reading_.source(row);
            RowCells cells(reading_, table, row);
            set_flag(price, cells.text(columns.level), cells.text(columns.flag));
            const auto before = tariff_.best_practice.size();
            set_prices(price, columns, cells);
            if (cells.problem()) return *cells.problem();
            if (tariff_.best_practice.size() > before)
                reading_.read(row);
            else
                reading_.unread(row, "no price is printed in a column that is known");
        }
        return Nothing{};
    }

    // Level and flag are printed once for a group of rows whose cells are merged: a row without
    // level is of the group above.
    void set_flag(BestPracticePrice& price, const std::string& level, const std::string& flag) {
        if (!level.empty() || !is_absent(flag)) {
            level_ = level;
            flag_ = is_absent(flag) ? std::string() : flag;
        } else if (plain(flag) == "na") {
            flag_.clear();
        }
        price.published_flag = flag_;
        const auto plain_level = plain(level_);
        const bool hrg_decides = plain_level == "hrg" || level_.ends_with('*');
        if (!hrg_decides) price.flag = flag_;
    }

    void add(BestPracticePrice price) { tariff_.best_practice.push_back(std::move(price)); }

    void set_prices(BestPracticePrice price, const BestPracticeColumns& c, RowCells& cells) {
        price.automated = automated_ != Automated::nothing;
        if (c.same_day || c.later)
            return add_by_stay(price, cells.price(c.same_day), cells.price(c.later));
        if (c.level_2) return add_levels(price, c, cells);
        if (c.outpatient || c.day_case || c.elective) return add_planned(price, c, cells);
        const auto base = cells.price(c.non_elective_base ? c.non_elective_base : c.base);
        const auto best = cells.price(c.non_elective_best ? c.non_elective_best : c.best);
        if (automated_ == Automated::nothing) return add_reference(price, best ? best : base);
        if (automated_ == Automated::base_price || is_emergency_section(section_)) {
            price.reference_price = best;
            price.non_elective = automated_ == Automated::base_price ? base : best;
            price.short_stay_emergency = cells.price(c.short_stay_base);
        } else {
            price.reference_price = base;  // where the criteria are not met
            price.day_case = price.elective = best;
        }
        if (price.non_elective || price.elective) add(price);
    }

    // Same day emergency care: one price for going home on the day, another for staying.
    void add_by_stay(BestPracticePrice price, std::optional<Pence> same_day,
                     std::optional<Pence> later) {
        if (same_day) {
            price.non_elective = same_day;
            price.most_stay_days = 0;
            add(price);
        }
        if (later) {
            price.non_elective = later;
            price.least_stay_days = 1;
            price.most_stay_days = BestPracticePrice().most_stay_days;
            add(price);
        }
    }

    // Endoscopy: SUS pays level 1 to all; lower levels are reclaimed by the commissioner.
    void add_levels(BestPracticePrice price, const BestPracticeColumns& c, RowCells& cells) {
        price.day_case = price.elective = cells.price(c.best);
        if (price.day_case) add(price);
        price.day_case = price.elective = std::nullopt;
        price.automated = false;
        for (const auto level : {c.level_2, c.level_3}) add_reference(price, cells.price(level));
    }

    void add_planned(BestPracticePrice price, const BestPracticeColumns& c, RowCells& cells) {
        price.outpatient_procedure = cells.price(c.outpatient);
        price.day_case = cells.price(c.combined ? c.combined : c.day_case);
        price.elective = cells.price(c.combined ? c.combined : c.elective);
        if (price.outpatient_procedure || price.day_case || price.elective) add(price);
    }

    void add_reference(BestPracticePrice price, std::optional<Pence> amount) {
        price.automated = false;
        price.reference_price = amount;
        if (amount) add(price);
    }

    // Payments that no HRG carries (a year of care, a level of injury) and reprints of other
    // sheets.
    void note_the_rest() {
        for (std::size_t i = section_.from; i < section_.to; ++i)
            if (looks_like_data(reading_.rows()[i]))
                reading_.unread(reading_.rows()[i],
                                "a payment of '" + section_.title +
                                    "' that no HRG carries: made locally, or printed on its own "
                                    "sheet too");
    }

    SheetReading& reading_;
    Tariff& tariff_;
    const Section& section_;
    Automated automated_ = Automated::nothing;
    std::string level_;
    std::string flag_;
};

// Age and admission methods of a flag: "60-130\n(not 999)", "Adult\n(19-130, or 999)",
// "Emergency/Transfer (21-25, 2A, 2B, 2C, 2D, 28, 81)".
struct FlagCriteria {
    int least_age = 0;
    int most_age = 999;
    bool emergency = false;
    bool transfers = false;
};

std::vector<int> numbers_in(const std::string& text) {
    std::vector<int> numbers;
    int current = -1;
    for (const char c : text + " ") {
        if (c >= '0' && c <= '9')
            current = std::min((current < 0 ? 0 : current) * 10 + (c - '0'), 9999);
        else if (current >= 0)
            numbers.push_back(std::exchange(current, -1));
    }
    return numbers;
}

FlagCriteria criteria_of(const std::string& age, const std::string& method) {
    FlagCriteria criteria;
    const auto ages = numbers_in(age);
    if (ages.size() >= 2) {
        criteria.least_age = ages[0];
        criteria.most_age = plain(age).find("or999") != std::string::npos ? 999 : ages[1];
    }
    criteria.emergency = plain(method).starts_with("emergency");
    criteria.transfers = plain(method).find("transfer") != std::string::npos;
    return criteria;
}

}  // namespace

Outcome read_best_practice_sheet(SheetReading& reading, Tariff& tariff) {
    const auto sections = sections_of(reading);
    if (sections.empty())
        return bad_input(
            fmt::format("sheet '{}': no numbered section of best practice prices was found",
                        reading.sheet().name));
    for (const auto& section : sections)
        if (auto done = SectionReader(reading, tariff, section).read(); !done) return done;
    return Nothing{};
}

Outcome read_best_practice_flags_sheet(SheetReading& reading, Tariff& tariff) {
    const auto table = reading.only_table({"bptflag"}, "BPT flag");
    if (!table) return table.problem();
    const auto age = reading.column(*table, {"Age criteria", {"agecriteria"}});
    if (!age) return age.problem();
    const auto method = reading.column(*table, {"Admission method criteria", {"admissionmethod"}});
    if (!method) return method.problem();
    const auto flag = table->column({"BPT flag", {"bptflag"}});
    std::map<std::string, FlagCriteria> by_flag;
    for (std::size_t i = table->heading_row + 1; i < table->end; ++i) {
        const auto& row = reading.rows()[i];
        const RowCells cells(reading, *table, row);
        const auto text = cells.text(flag);
        if (text.size() != 4 || !text.starts_with("BP")) continue;
        by_flag.emplace(text, criteria_of(cells.text(*age), cells.text(*method)));
        reading.read(row);
    }
    for (auto& price : tariff.best_practice) {
        const auto at = by_flag.find(price.published_flag);
        if (at == by_flag.end()) continue;
        price.least_age = at->second.least_age;
        price.most_age = at->second.most_age;
        price.emergency_only = at->second.emergency;
        price.transfers_too = at->second.emergency && at->second.transfers;
    }
    return Nothing{};
}

}  // namespace purse
