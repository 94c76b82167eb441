// What is told is calculated again here from the words alone, as a reader with a pocket calculator
// would do it.
#include "budget/block_told.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <sstream>

#include "budget/derivation.hpp"

namespace purse {
namespace {

void replace_all(std::string& text, std::string_view what, std::string_view by) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at)) {
        text.replace(at, what.size(), by);
        at += by.size();
    }
}

std::string without_brackets(const std::string& text) {
    std::string kept;
    int depth = 0;
    for (const char c : text) {
        depth += c == '(' ? 1 : 0;
        if (depth == 0) kept += c;
        depth -= c == ')' ? 1 : 0;
    }
    return kept;
}

// "£1,100.00 × 2.0% + £5.00, and £0.01 of rounding": numbers and × ÷ + −, products first; words are
// passed over, and ", and" adds.
long double calculated(std::string text) {
    text = without_brackets(text);
    text = text.substr(0, text.find(" so that everybody's"));
    replace_all(text, ", and ", " + ");
    for (const auto& [sign, plain] :
         {std::pair{"£", ""}, std::pair{",", ""}, std::pair{" − ", " - "}, std::pair{"−", "-"},
          std::pair{"×", "*"}, std::pair{"÷", "/"}}) {
        replace_all(text, sign, plain);
    }
    std::istringstream words(text);
    long double sum = 0, product = 1;
    int sign = 1;
    char pending = '*';
    for (std::string word; words >> word;) {
        if (word == "+" || word == "-") {
            sum += sign * product;
            sign = word == "+" ? 1 : -1;
            product = 1;
            pending = '*';
        } else if (word == "*" || word == "/") {
            pending = word[0];
        } else if (std::isdigit(static_cast<unsigned char>(word.back())) != 0 ||
                   word.ends_with('%')) {
            const long double number = std::stold(word) * (word.ends_with('%') ? 0.01L : 1.0L);
            product = pending == '*' ? product * number : product / number;
        }
    }
    return sum + sign * product;
}

std::int64_t pence_of(const std::string& text) {
    return static_cast<std::int64_t>(std::llround(calculated(text) * 100));
}

std::string scheme_text(const char* name) {
    std::ifstream in(
        std::filesystem::path(PURSE_SOURCE_DIR) / "rules/schemes" / (std::string(name) + ".toml"),
        std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// The worked example of docs/budget-setting.md: £12,300,000 for six practices.
DerivationInputs six_practices() {
    DerivationInputs inputs;
    inputs.year = FinancialYear(2018);
    inputs.name = "first";
    inputs.scheme_text = scheme_text("pbc-2009");
    inputs.baseline_from = Month(2017, 4);
    inputs.baseline_to = Month(2018, 3);
    inputs.need_source = "weights.csv";
    const struct {
        const char* code;
        std::int64_t opening, need;
    } rows[] = {{"A", 2'400'000, 1900}, {"B", 2'000'000, 1830}, {"C", 2'100'000, 2050},
                {"D", 1'900'000, 2000}, {"E", 1'800'000, 2100}, {"F", 1'800'000, 2420}};
    for (const auto& row : rows) {
        inputs.practices.push_back(
            {PracticeCode(row.code),
             row.code,
             Patients(10'000),
             Patients(10'000),
             {{"mental_health", row.need * Factor::one}},
             {{BudgetLine::mental_health, pounds(row.opening), pounds(row.opening), {}, {}}}});
    }
    inputs.allocation = {{BudgetLine::mental_health, Pence(1'236'180'905)}};
    return inputs;
}

Waterfall told_to(const char* code) {
    const DerivationInputs inputs = six_practices();
    const auto derivation = derive(inputs);
    EXPECT_TRUE(derivation.ok()) << (derivation.ok() ? "" : derivation.problem().says);
    auto waterfall = waterfall_of(inputs, *derivation, PracticeCode(code), std::nullopt);
    EXPECT_TRUE(waterfall.ok());
    return std::move(*waterfall);
}

std::vector<std::string> results(const ToldBlock& block) {
    std::vector<std::string> all;
    for (const ToldStep& step : block.steps) all.push_back(step.result);
    return all;
}

TEST(BlockTold, takes_one_far_above_its_share_to_its_floor) {
    const Waterfall waterfall = told_to("A");
    ASSERT_EQ(waterfall.blocks.size(), 1U);
    EXPECT_EQ(results(waterfall.blocks[0]),
              (std::vector<std::string>{"£2,460,000.00", "£1,900,000.00", "+29.5%", "£370,000.00",
                                        "−£92,500.00", "£2,367,500.00", "£2,400,000.00",
                                        "£2,400,000.00", "−£60,000.00", "+26.3%"}));
}

TEST(BlockTold, gives_one_below_its_share_its_part_of_what_is_released) {
    const Waterfall waterfall = told_to("E");
    const ToldBlock& block = waterfall.blocks[0];
    EXPECT_EQ(results(block), (std::vector<std::string>{"£1,845,000.00", "£2,100,000.00", "−12.1%",
                                                        "£45,000.00", "£18,450.00", "£14,603.98",
                                                        "£1,859,603.98", "£14,603.98", "−11.4%"}));
    EXPECT_EQ(block.steps[5].arithmetic, "£18,450.00 × £80,500.00 ÷ £101,700.00");
}

TEST(BlockTold, is_short_with_one_within_the_tolerance) {
    EXPECT_EQ(results(told_to("C").blocks[0]),
              (std::vector<std::string>{"£2,152,500.00", "£2,050,000.00", "+5.0%", "",
                                        "£2,152,500.00", "£0.00", "+5.0%"}));
}

// Every sum of every practice comes to what stands beside it.
TEST(BlockTold, is_what_a_pocket_calculator_gives) {
    int checked = 0;
    for (const char* code : {"A", "B", "C", "D", "E", "F"}) {
        const Waterfall waterfall = told_to(code);
        for (const ToldStep& step : waterfall.blocks[0].steps) {
            const std::size_t part = step.arithmetic.find("; ");
            const std::string sum = step.arithmetic.substr(
                part == std::string::npos || step.arithmetic.find("at least") != std::string::npos
                    ? 0
                    : part + 2);
            if (sum.empty() || sum.find("at least") != std::string::npos ||
                sum.find("less than") != std::string::npos) {
                continue;
            }
            ++checked;
            if (step.result.ends_with('%')) {
                EXPECT_EQ(std::lround(calculated(sum) * 1000),
                          std::lround(calculated(step.result) * 1000))
                    << sum;
            } else {
                EXPECT_EQ(pence_of(sum), pence_of(step.result)) << sum << " = " << step.result;
            }
        }
    }
    EXPECT_GE(checked, 30);
}

TEST(Waterfall, has_sums_that_a_pocket_calculator_gives) {
    int checked = 0;
    for (const char* code : {"A", "B", "C", "D", "E", "F"}) {
        const Waterfall waterfall = told_to(code);
        ASSERT_EQ(waterfall.by_line.size(), 1U);
        for (const WaterfallStep& step : waterfall.by_line[0].steps) {
            if (step.arithmetic.empty() || step.arithmetic == "none") continue;
            ++checked;
            EXPECT_EQ(pence_of(step.arithmetic), step.amount.count())
                << step.title << ": " << step.arithmetic;
        }
    }
    EXPECT_GE(checked, 6 * 6);
}

TEST(BlockTold, of_the_calculator_itself) {
    EXPECT_EQ(pence_of("£1,100.00 × 2.0% + £5.00, and −£0.01 of rounding (a word 7)"), 26'99);
    EXPECT_EQ(pence_of("£6.00 − £2.00 × 3 ÷ 4"), 4'50);
}

}  // namespace
}  // namespace purse
