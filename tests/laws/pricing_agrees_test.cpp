// The engine and the naive second implementation price generated records the same, to the penny.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "laws/naive_pricing.hpp"
#include "rulebook/tariff_files.hpp"
#include "support/demo_tariff.hpp"
#include "support/shared_data.hpp"

namespace purse {
namespace {

using testing::Buffers;
using testing::DepartmentRow;
using testing::OutpatientRow;
using testing::SpellRow;

using Strings = std::vector<std::string>;

// Draws by seed alone: the same records on every machine.
class Draw {
  public:
    explicit Draw(std::uint64_t seed) : engine_(seed) {}
    int upto(int count) { return static_cast<int>(engine_() % static_cast<std::uint64_t>(count)); }
    bool once_in(int times) { return upto(times) == 0; }
    const std::string& of(const Strings& values) {
        return values[static_cast<std::size_t>(upto(static_cast<int>(values.size())))];
    }

  private:
    std::mt19937_64 engine_;
};

// Codes of the tariff to draw from, so that every branch is met.
struct Codes {
    Strings hrgs, best_hrgs, flags, unbundled, providers, top_up_codes, specialised, functions,
        emergency, direct;
};

Codes codes_of(const Tariff& tariff) {
    Codes codes;
    for (const auto& [hrg, row] : tariff.admitted) codes.hrgs.push_back(hrg.text());
    for (const auto& [hrg, row] : tariff.no_national_price) codes.hrgs.push_back(hrg.text());
    for (const auto& row : tariff.best_practice) {
        codes.best_hrgs.push_back(row.hrg.text());
        if (!row.flag.empty()) codes.flags.push_back(row.flag);
    }
    for (const auto& [hrg, row] : tariff.unbundled) codes.unbundled.push_back(hrg.text());
    for (const auto& [code, row] : tariff.market_forces) codes.providers.push_back(code.text());
    for (const auto& row : tariff.top_up_providers) codes.providers.push_back(row.provider.text());
    for (const auto& row : tariff.top_up_codes) codes.top_up_codes.push_back(row.code);
    for (const auto& row : tariff.top_up_flags) codes.specialised.push_back(row.flag);
    for (const auto& [code, row] : tariff.attendances) codes.functions.push_back(code.text());
    for (const auto& [code, row] : tariff.functions_without_price) {
        codes.functions.push_back(code.text());
    }
    for (const auto& [hrg, row] : tariff.emergency) codes.emergency.push_back(hrg.text());
    for (const auto& [hrg, row] : tariff.direct_access) codes.direct.push_back(hrg.text());
    for (Strings* list :
         {&codes.flags, &codes.specialised, &codes.top_up_codes, &codes.direct, &codes.best_hrgs}) {
        if (list->empty()) list->push_back("NONE1");
    }
    return codes;
}

const Strings odd_hrgs = {"", "E03", "UZ01Z", "PB03Z", "XB01Z", "VB01Z"};
const Strings methods = {"11", "12", "13", "21", "22", "23", "24", "25", "28", "2A", "2B",
                         "2C", "2D", "31", "32", "81", "82", "83", "98", "99", ""};
const Strings odd_functions = {"710", "725", "714", "424", "501", "812", "999", ""};
const Strings specialties = {"100", "110", "560", "950", "960", "199", "501", ""};

std::string listed(Draw& draw, const Strings& values) {
    std::string text = draw.of(values);
    while (draw.once_in(3)) text += ";" + draw.of(values);
    return text;
}

std::string provider(Draw& draw, const Codes& codes) {
    return draw.once_in(40) ? "XYZ" : draw.of(codes.providers);
}

SpellRow random_spell(Draw& draw, const Codes& codes, const Tariff& tariff) {
    SpellRow spell;
    spell.hrg = draw.once_in(20)  ? draw.of(odd_hrgs)
                : draw.once_in(3) ? draw.of(codes.best_hrgs)
                                  : draw.of(codes.hrgs);
    spell.provider = provider(draw, codes);
    spell.method = draw.once_in(2) ? draw.of({"21", "22", "2A", "2D", "11"}) : draw.of(methods);
    spell.classification = draw.of({"1", "1", "1", "1", "2", "2", "3", "5", "8", ""});
    spell.category = draw.once_in(20) ? "02" : "01";
    spell.specialty = draw.once_in(10) ? draw.of(specialties) : "100";
    spell.function = draw.once_in(20) ? draw.of(odd_functions) : "100";
    spell.age = draw.once_in(2) ? 17 + draw.upto(4) : draw.upto(100) - 1;
    spell.admitted = 17'000 + draw.upto(365);
    int stay = draw.once_in(2) ? draw.upto(4) : draw.upto(150);
    const auto row = tariff.admitted.find(Hrg(spell.hrg));
    if (draw.once_in(3) && row != tariff.admitted.end()) {
        stay = row->second.non_elective_trim_days.value_or(5) - 1 + draw.upto(4);
    }
    spell.discharged = draw.once_in(500) ? spell.admitted - 1 : spell.admitted + stay;
    if (draw.once_in(6)) spell.critical = draw.upto(5);
    if (draw.once_in(10)) spell.rehabilitation = draw.upto(5);
    if (draw.once_in(20)) spell.palliative = draw.upto(5);
    if (draw.once_in(10)) spell.delayed = draw.upto(9);
    spell.excluded = draw.once_in(50);
    if (draw.once_in(3)) spell.best_practice = listed(draw, codes.flags);
    if (draw.once_in(5)) spell.specialised = listed(draw, codes.specialised);
    if (draw.once_in(5)) spell.diagnoses = listed(draw, codes.top_up_codes);
    if (draw.once_in(20)) spell.diagnoses = draw.of(codes.top_up_codes) + "6";
    if (draw.once_in(5)) spell.procedures = listed(draw, codes.top_up_codes);
    if (draw.once_in(8)) spell.unbundled = listed(draw, codes.unbundled);
    if (draw.once_in(10)) {
        const Strings episodes = {"100/100/01/0", "100/100/02/0", "711/100/01/0", "100/100/01/1"};
        spell.episodes = draw.of(episodes) + ";" + draw.of(episodes);
    }
    return spell;
}

OutpatientRow random_attendance(Draw& draw, const Codes& codes) {
    OutpatientRow seen;
    if (draw.once_in(3)) seen.hrg = draw.of(codes.hrgs);
    if (draw.once_in(8)) seen.hrg = draw.of(codes.best_hrgs);
    if (draw.once_in(15)) seen.hrg = draw.of(odd_hrgs);
    if (draw.once_in(15)) seen.hrg = "WF01B";
    seen.direct = draw.once_in(10);
    if (seen.direct) seen.hrg = draw.of(codes.direct);
    seen.provider = provider(draw, codes);
    seen.specialty = draw.once_in(6) ? draw.of(specialties) : "100";
    seen.function = draw.once_in(15) ? draw.of(odd_functions) : draw.of(codes.functions);
    seen.first = draw.of({"1", "1", "1", "2", "2", "2", "2", "3", "4", "5", ""});
    seen.attended = draw.of({"5", "5", "5", "5", "6", "6", "3", "7", ""});
    seen.multi = draw.of({"1", "1", "2", "3", "9", ""});
    seen.category = draw.once_in(30) ? "02" : "01";
    seen.age = draw.upto(100) - 1;
    seen.excluded = draw.once_in(50);
    if (draw.once_in(4)) seen.best_practice = listed(draw, codes.flags);
    if (draw.once_in(5)) seen.unbundled = listed(draw, codes.unbundled);
    return seen;
}

DepartmentRow random_department(Draw& draw, const Codes& codes) {
    DepartmentRow seen;
    seen.hrg = draw.once_in(15) ? draw.of(odd_hrgs) : draw.of(codes.emergency);
    seen.provider = provider(draw, codes);
    seen.department = draw.of({"01", "01", "02", "03", "03", "04", "05", "99", ""});
    seen.category = draw.of({"1", "1", "2", "3", "4", "X"});
    seen.excluded = draw.once_in(40);
    return seen;
}

// Prices the rows by both and counts the outcomes; every one of a hundred is explained as well.
template <class Row, class Price, class Explain>
void agree(const PriceBook& book, const std::vector<LocalPrice>& local,
           const std::vector<Row>& rows, Price price, Explain explain,
           std::map<std::string, int>& outcomes) {
    Buffers buffers;
    const auto in = columns_of(rows, buffers);
    ChargeColumns out;
    (book.*price)(in, out);
    int wrong = 0;
    for (std::size_t i = 0; i < rows.size() && wrong < 3; ++i) {
        const auto naive = naive_price({book.tariff(), book.rules(), local}, rows[i]);
        ++outcomes[naive.outcome];
        if (naive.outcome != to_text(out.outcome[i]) || naive.pence != out.final_price_pence[i]) {
            ++wrong;
            ADD_FAILURE() << "row " << i << " HRG " << rows[i].hrg << " provider "
                          << rows[i].provider << ": engine " << to_text(out.outcome[i]) << " "
                          << out.final_price_pence[i] << ", naive " << naive.outcome << " "
                          << naive.pence << "\n"
                          << as_text((book.*explain)(in, i));
        }
        EXPECT_GE(out.final_price_pence[i], 0);
        if (i % 100 == 0) {
            EXPECT_EQ((book.*explain)(in, i).result.count(), out.final_price_pence[i]);
        }
    }
}

template <class Row, class Make, class Price, class Explain>
void agree_on(const PriceBook& book, const std::vector<LocalPrice>& local, int count, Make make,
              Price price, Explain explain) {
    constexpr int batch = 10'000;
    Draw draw(20'170'401);
    std::map<std::string, int> outcomes;
    for (int done = 0; done < count && !::testing::Test::HasFailure(); done += batch) {
        std::vector<Row> rows;
        for (int i = 0; i < batch; ++i) rows.push_back(make(draw));
        agree(book, local, rows, price, explain, outcomes);
    }
    for (const char* outcome : {"priced", "excluded", "zero_priced", "refused", "unpriced"}) {
        EXPECT_GT(outcomes[outcome], 0) << outcome << " was never met";
    }
}

void agree_on_all(const PriceBook& book, const std::vector<LocalPrice>& local, int spells) {
    const Codes codes = codes_of(book.tariff());
    agree_on<SpellRow>(
        book, local, spells, [&](Draw& draw) { return random_spell(draw, codes, book.tariff()); },
        &PriceBook::price_spells, &PriceBook::explain_spell);
    agree_on<OutpatientRow>(
        book, local, spells / 2, [&](Draw& draw) { return random_attendance(draw, codes); },
        &PriceBook::price_attendances, &PriceBook::explain_attendance);
    agree_on<DepartmentRow>(
        book, local, spells * 3 / 10, [&](Draw& draw) { return random_department(draw, codes); },
        &PriceBook::price_emergency, &PriceBook::explain_emergency);
}

void agree_on_demo(PricingRules rules, int spells) {
    const auto local = testing::demo_local_prices();
    const auto book = PriceBook::compile(testing::demo_tariff(), std::move(rules), local);
    ASSERT_TRUE(book.ok()) << book.problem().says;
    agree_on_all(*book, local, spells);
}

TEST(PricingAgrees, OnTheHandMadeTariff) { agree_on_demo(testing::demo_rules(), 1'000'000); }

TEST(PricingAgrees, WithEveryParameterTheOtherWay) {
    PricingRules rules = testing::demo_rules();
    rules.delayed_discharge_days_taken_out = true;
    rules.top_up_on_excess_days = true;
    rules.top_ups_stack = true;
    rules.day_case_with_nights = AdmissionType::elective;
    rules.day_case_non_elective = AdmissionType::day_case;
    rules.class_5_by_method = false;
    rules.planned_follow_ups_paid = false;
    rules.non_face_to_face_paid = true;
    rules.non_face_to_face_price = pounds(23);
    rules.exclusions.erase(rules.exclusions.begin() + 3);  // regular attenders reach pricing
    agree_on_demo(std::move(rules), 200'000);
}

void agree_on_workbook(const char* file, int year, int spells) {
    const auto folder = testing::shared_folder() / "data/tariff/raw";
    auto read = read_tariff_workbook(folder / file, FinancialYear(year));
    ASSERT_TRUE(read.ok()) << read.problem().says;
    auto rules =
        read_pricing_rules(std::filesystem::path(PURSE_SOURCE_DIR) / "rules", FinancialYear(year));
    ASSERT_TRUE(rules.ok()) << rules.problem().says;
    const std::vector<LocalPrice> local;
    const auto book = PriceBook::compile(std::move(read->tariff), *rules, local);
    ASSERT_TRUE(book.ok()) << book.problem().says;
    agree_on_all(*book, local, spells);
}

TEST(PricingAgrees, OnTheWorkbookOf2016) {
    PURSE_NEEDS_SHARED("data/tariff/raw");
    agree_on_workbook("1617_Annex_A_national_prices_and_national_tariff_workbook.xlsx", 2016,
                      200'000);
}

TEST(PricingAgrees, OnTheWorkbookOf2017) {
    PURSE_NEEDS_SHARED("data/tariff/raw");
    agree_on_workbook("1718_Annex_B1_-_national_tariff_workbook.xlsx", 2017, 1'000'000);
}

TEST(PricingAgrees, OrderAndBatchesChangeNoPrice) {
    const auto book = PriceBook::compile(testing::demo_tariff(), testing::demo_rules());
    const Codes codes = codes_of(book->tariff());
    Draw draw(7);
    std::vector<SpellRow> rows;
    for (int i = 0; i < 2'000; ++i) rows.push_back(random_spell(draw, codes, book->tariff()));
    const auto prices = [&](std::vector<SpellRow> some) {
        Buffers buffers;
        ChargeColumns out;
        book->price_spells(columns_of(some, buffers), out);
        return out.final_price_pence;
    };
    const auto whole = prices(rows);
    std::vector<SpellRow> backwards(rows.rbegin(), rows.rend());
    auto reversed = prices(backwards);
    std::ranges::reverse(reversed);
    EXPECT_EQ(whole, reversed);
    auto parts = prices({rows.begin(), rows.begin() + 777});
    const auto rest = prices({rows.begin() + 777, rows.end()});
    parts.insert(parts.end(), rest.begin(), rest.end());
    EXPECT_EQ(whole, parts);
}

}  // namespace
}  // namespace purse
