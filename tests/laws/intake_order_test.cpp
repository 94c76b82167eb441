// The order of a file's rows changes neither what is accepted nor any total.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numeric>
#include <set>

#include "support/intake_files.hpp"

namespace purse {
namespace {

const std::string heading =
    "record_id,spell_id,nhs_number,practice,provider,age,admission_date,discharge_date,"
    "episode_number,last_episode,episode_start,episode_end,admission_method,"
    "patient_classification,hrg,critical_care_days,diagnoses,treatment_function\n";

// The episodes of one spell; some spells are faulty on purpose.
std::vector<std::string> spell_rows(int spell) {
    const int episodes = *rc::gen::inRange(1, 4);
    const bool ends = *rc::gen::weightedElement<bool>({{9, true}, {1, false}});
    const int day = *rc::gen::inRange(1, 20);
    std::vector<std::string> rows;
    for (int e = 1; e <= episodes; ++e) {
        rows.push_back(
            fmt::format("R{}-{},S{},,A81001,RVR,{},2017-06-{:02},2017-06-{:02},{},{},2017-06-{:02},"
                        "2017-06-{:02},{},1,{},{},I50{},300\n",
                        spell, e, spell, *rc::gen::inRange(-1, 100), day, day + 5, e,
                        e == episodes && ends ? 1 : 2, day + e - 1, day + e,
                        *rc::gen::element("11", "21", "77"),
                        *rc::gen::element("EB03D", "DZ11K", ""), *rc::gen::inRange(0, 3), e));
    }
    return rows;
}

// Lines move with the order: they are left out of what is compared.
using Accepted = std::multiset<std::map<std::string, std::string>>;
Accepted accepted(const testing::Taken& taken) {
    Accepted records;
    for (auto record : taken.records) {
        record.erase("line");
        records.insert(std::move(record));
    }
    return records;
}

RC_GTEST_PROP(IntakeOrder, does_not_change_records_or_totals, ()) {
    std::vector<std::string> rows;
    const int spells = *rc::gen::inRange(1, 12);
    for (int i = 0; i < spells; ++i) {
        for (std::string& row : spell_rows(i)) rows.push_back(std::move(row));
    }
    const auto context = testing::test_context(DataSet::admitted_care);
    const auto taken = [&](const std::vector<std::string>& in_order) {
        return testing::take_text(std::accumulate(in_order.begin(), in_order.end(), heading),
                                  context);
    };
    auto order = rows;
    for (std::size_t i = order.size(); i > 1; --i) {
        std::swap(order[i - 1], order[*rc::gen::inRange<std::size_t>(0, i)]);
    }
    const testing::Taken one = taken(rows);
    const testing::Taken other = taken(order);
    RC_ASSERT(accepted(one) == accepted(other));
    RC_ASSERT(one.rows_rejected == other.rows_rejected);
    RC_ASSERT(one.rows_folded == other.rows_folded);
    RC_ASSERT(one.by_reason() == other.by_reason());
}

}  // namespace
}  // namespace purse
