// Records as rows of texts and numbers, for tests, and the columns that pricing reads of them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/code.hpp"
#include "pricing/price_book.hpp"

namespace purse::testing {

struct SpellRow {
    std::string hrg = "EB03D", provider = "RVR", method = "21", classification = "1",
                category = "01", specialty = "100", function = "100", discharge_method = "1";
    int age = 70, admitted = 17'000, discharged = 17'003, critical = 0, rehabilitation = 0,
        palliative = 0, delayed = 0;
    bool excluded = false;
    std::string best_practice, specialised, diagnoses, procedures, unbundled, episodes;
};

struct OutpatientRow {
    std::string hrg, provider = "RVR", specialty = "100", function = "100", first = "1",
                     attended = "5", multi = "1", category = "01";
    int age = 50;
    bool direct = false, excluded = false;
    std::string best_practice, unbundled;
};

struct DepartmentRow {
    std::string hrg = "VB01Z", provider = "RVR", department = "01", category = "1";
    bool excluded = false;
};

// Owns what the spans of the columns point at; the rows must outlive it.
struct Buffers {
    std::vector<std::vector<std::uint64_t>> codes;
    std::vector<std::vector<std::int32_t>> numbers;
    std::vector<std::vector<std::uint8_t>> flags;
    std::vector<std::vector<std::string_view>> texts;

    template <class Row>
    std::span<const std::uint64_t> code(const std::vector<Row>& rows, std::string Row::* member) {
        auto& column = codes.emplace_back();
        for (const Row& row : rows) column.push_back(packed(row.*member));
        return column;
    }
    template <class Row>
    std::span<const std::int32_t> number(const std::vector<Row>& rows, int Row::* member) {
        auto& column = numbers.emplace_back();
        for (const Row& row : rows) column.push_back(row.*member);
        return column;
    }
    template <class Row>
    std::span<const std::uint8_t> flag(const std::vector<Row>& rows, bool Row::* member) {
        auto& column = flags.emplace_back();
        for (const Row& row : rows) column.push_back(row.*member ? 1 : 0);
        return column;
    }
    template <class Row>
    std::span<const std::string_view> text(const std::vector<Row>& rows,
                                           std::string Row::* member) {
        auto& column = texts.emplace_back();
        for (const Row& row : rows) column.push_back(row.*member);
        return column;
    }
};

inline SpellColumns columns_of(const std::vector<SpellRow>& r, Buffers& b) {
    using R = SpellRow;
    return {.hrg = b.code(r, &R::hrg),
            .provider = b.code(r, &R::provider),
            .admission_method = b.code(r, &R::method),
            .patient_classification = b.code(r, &R::classification),
            .administrative_category = b.code(r, &R::category),
            .main_specialty = b.code(r, &R::specialty),
            .treatment_function = b.code(r, &R::function),
            .discharge_method = b.code(r, &R::discharge_method),
            .age = b.number(r, &R::age),
            .admission_day = b.number(r, &R::admitted),
            .discharge_day = b.number(r, &R::discharged),
            .critical_care_days = b.number(r, &R::critical),
            .rehabilitation_days = b.number(r, &R::rehabilitation),
            .palliative_days = b.number(r, &R::palliative),
            .delayed_discharge_days = b.number(r, &R::delayed),
            .excluded_by_provider = b.flag(r, &R::excluded),
            .best_practice_flags = b.text(r, &R::best_practice),
            .specialised_flags = b.text(r, &R::specialised),
            .diagnoses = b.text(r, &R::diagnoses),
            .procedures = b.text(r, &R::procedures),
            .unbundled_hrgs = b.text(r, &R::unbundled),
            .episode_rules = b.text(r, &R::episodes)};
}

inline AttendanceColumns columns_of(const std::vector<OutpatientRow>& r, Buffers& b) {
    using R = OutpatientRow;
    return {.hrg = b.code(r, &R::hrg),
            .provider = b.code(r, &R::provider),
            .main_specialty = b.code(r, &R::specialty),
            .treatment_function = b.code(r, &R::function),
            .first_attendance = b.code(r, &R::first),
            .attended = b.code(r, &R::attended),
            .multi_professional = b.code(r, &R::multi),
            .administrative_category = b.code(r, &R::category),
            .age = b.number(r, &R::age),
            .direct_access = b.flag(r, &R::direct),
            .excluded_by_provider = b.flag(r, &R::excluded),
            .best_practice_flags = b.text(r, &R::best_practice),
            .unbundled_hrgs = b.text(r, &R::unbundled)};
}

inline EmergencyColumns columns_of(const std::vector<DepartmentRow>& r, Buffers& b) {
    using R = DepartmentRow;
    return {.hrg = b.code(r, &R::hrg),
            .provider = b.code(r, &R::provider),
            .department_type = b.code(r, &R::department),
            .attendance_category = b.code(r, &R::category),
            .excluded_by_provider = b.flag(r, &R::excluded)};
}

}  // namespace purse::testing
