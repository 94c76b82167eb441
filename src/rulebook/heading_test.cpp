#include "rulebook/heading.hpp"

#include <gtest/gtest.h>

namespace purse {
namespace {

TEST(Headings, AreComparedByLettersDigitsAndSigns) {
    EXPECT_EQ(plain("Tariff (£)\n (LOS > 0 days)"), "tarifflos>0days");
    EXPECT_EQ(plain("Ordinary elective long stay trim point (days)"),
              plain("Ordinary  Elective\nlong-stay trimpoint (Days)"));
}

TEST(Texts, LoseOuterBlanksAndLineBreaks) {
    EXPECT_EQ(tidy(" \xC2\xA0 Excision*\nof  breast \xC2\xA0"), "Excision* of breast");
    EXPECT_EQ(tidy(" \n"), "");
}

TEST(Codes, OfHrgsMayCarryAsterisksAndBlanks) {
    for (const char* text : {"EB03D", "**EB03D", "EB03D ", " EB03D*", "** EB03D"})
        EXPECT_EQ(hrg_of(text), Hrg("EB03D")) << text;
    for (const char* text : {"", "HRG code", "EB3D", "eb03d", "EB03DX", "12345", "n/a"})
        EXPECT_FALSE(hrg_of(text)) << text;
}

TEST(Codes, OfTreatmentFunctionsHaveThreeDigits) {
    EXPECT_EQ(treatment_function_of("100"), TreatmentFunction("100"));
    EXPECT_EQ(treatment_function_of("100.0"), TreatmentFunction("100"));
    for (const char* text : {"", "1", "1000", "10A", "n/a"})
        EXPECT_FALSE(treatment_function_of(text)) << text;
}

TEST(PriceCells, AreReadToThePennyAsStored) {
    EXPECT_EQ(price_of("8207").value(), pounds(8207));
    EXPECT_EQ(price_of("402.99999999999994").value(), pounds(403));
    EXPECT_EQ(price_of("0").value(), pounds(0));
    EXPECT_EQ(price_of("12.345").value(), Pence(1235));
    for (const char* absent : {"-", "", " ", "n/a", "N/A"})
        EXPECT_EQ(price_of(absent).value(), std::nullopt) << absent;
    for (const char* bad : {"see note", "-5", "#REF!", "12 pounds"})
        EXPECT_FALSE(price_of(bad)) << bad;
}

TEST(DayCells, AreWholeNumbers) {
    EXPECT_EQ(days_of("21").value(), 21);
    EXPECT_EQ(days_of("-").value(), std::nullopt);
    for (const char* bad : {"21.5", "-1", "10000", "x"}) EXPECT_FALSE(days_of(bad)) << bad;
}

TEST(ShareCells, ForgetTheLastDigitsThatSpreadsheetsStore) {
    EXPECT_EQ(share_of("0.30000000000000004").value(), Factor(300'000));
    EXPECT_EQ(share_of("1.0565419999999999").value(), Factor(1'056'542));
    EXPECT_FALSE(share_of("30 per cent"));
}

}  // namespace
}  // namespace purse
