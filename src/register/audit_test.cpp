// The audit trail in the register, on both databases: every change is in it, and what was done to
// it behind the program's back is found.
#include <gtest/gtest.h>

#include <thread>

#include "register/backends_test.hpp"
#include "register/store.hpp"

namespace purse {
namespace {

using testing::load_of;

class TrailOn : public testing::OnEachBackend {
  protected:
    void behind_the_programs_back(const std::string& sql) {
        Store(address()).write("be altered", [&](Session& session) { session.run(sql); });
    }
};

Actor fiona(const std::string& at = "2026-04-01T09:00:00Z") {
    return {.who = "fiona", .role = "commissioner_finance", .address = "192.0.2.1", .at = at};
}

std::vector<AuditEntry> all_of(const Register& one) { return one.audit({.limit = 500})->entries; }

TEST_P(TrailOn, has_every_change_in_the_name_of_who_made_it) {
    auto one = made();
    auto hers = one.acting_for(fiona());
    ASSERT_TRUE(hers.record_batch(load_of(Extract::flex, "a", {"RVR"})).ok());
    ASSERT_TRUE(hers.record_batch(load_of(Extract::flex, "a", {"RVR"})).ok());  // nothing new
    hers.set_setting("name", "Newtown");
    const std::vector<BudgetRow> budget = {
        {PracticeCode("A81001"), FinancialYear(2018), BudgetLine::prescribing, Pence(100), {}}};
    ASSERT_TRUE(hers.import_budgets({.kind = ImportKind::budget,
                                     .about = "2018/19",
                                     .file_name = "budget.csv",
                                     .digest = "d",
                                     .imported_at = "2026-04-01T10:00:00Z"},
                                    budget)
                    .ok());
    one.record_audit({"read_patient_rows", "A81001", "statement 2017-06"});
    const auto trail = all_of(one);
    ASSERT_EQ(trail.size(), 4U);
    EXPECT_EQ(trail[0].act.action, "read_patient_rows");
    EXPECT_EQ(trail[0].actor.who, "");
    EXPECT_EQ(trail[1].act.action, "set_budgets");
    EXPECT_EQ(trail[1].act.detail, "from budget.csv");
    EXPECT_EQ(trail[1].actor.at, "2026-04-01T10:00:00Z");
    EXPECT_EQ(trail[2].act.subject, "name");
    EXPECT_EQ(trail[2].actor.at, "2026-04-01T09:00:00Z");
    EXPECT_EQ(trail[3].act.action, "load_records");
    EXPECT_EQ(trail[3].act.subject, "2017-06");
    EXPECT_EQ(trail[3].actor.who, "fiona");
    EXPECT_EQ(trail[3].actor.role, "commissioner_finance");
    EXPECT_EQ(one.check_audit()->number, 4);
    EXPECT_EQ(one.check_audit()->hash, trail[0].hash);
}

TEST_P(TrailOn, is_searched_by_person_action_subject_and_days_a_page_at_a_time) {
    const auto one = made();
    for (int i = 0; i < 7; ++i) {
        auto hers = one.acting_for(fiona("2026-04-0" + std::to_string(i + 1) + "T23:59:59Z"));
        hers.record_audit(
            {i % 2 == 0 ? "read_statement" : "load_records", "A8100" + std::to_string(i % 3), ""});
    }
    EXPECT_EQ(one.audit({.who = "fiona"})->entries.size(), 7U);
    EXPECT_TRUE(one.audit({.who = "fiona' or '1'='1"})->entries.empty());
    EXPECT_EQ(one.audit({.action = "read_statement"})->entries.size(), 4U);
    EXPECT_EQ(one.audit({.action = "read_statement", .subject = "A81000"})->entries.size(), 2U);
    EXPECT_EQ(one.audit({.from = Date::of(2026, 4, 3), .to = Date::of(2026, 4, 5)})->entries.size(),
              3U);
    const auto first = one.audit({.who = "fiona", .limit = 3});
    ASSERT_EQ(first->entries.size(), 3U);
    EXPECT_EQ(first->entries[0].number, 7);
    ASSERT_EQ(first->next, 5);
    const auto second = one.audit({.who = "fiona", .before = first->next, .limit = 3});
    EXPECT_EQ(second->entries[0].number, 4);
    const auto third = one.audit({.who = "fiona", .before = second->next, .limit = 3});
    ASSERT_EQ(third->entries.size(), 1U);
    EXPECT_EQ(third->entries[0].number, 1);
    EXPECT_FALSE(third->next.has_value());
    EXPECT_FALSE(one.audit({.limit = 0}).ok());
    EXPECT_FALSE(one.audit({.limit = 501}).ok());
}

TEST_P(TrailOn, is_whole_after_four_threads_wrote_at_once) {
    const auto one = made();
    const auto other = Register::open(address()).value();
    std::vector<std::thread> writers;
    for (int thread = 0; thread < 4; ++thread) {
        writers.emplace_back([&, thread] {
            auto theirs = (thread % 2 == 0 ? one : other).acting_for(fiona());
            for (int i = 0; i < 50; ++i) theirs.record_audit({"read_statement", "A81001", ""});
        });
    }
    for (std::thread& writer : writers) writer.join();
    const auto head = one.check_audit();
    ASSERT_TRUE(head.ok()) << head.problem().says;
    EXPECT_EQ(head->number, 200);
}

TEST_P(TrailOn, keeps_texts_that_no_database_takes) {
    const auto one = made();
    auto hers = one.acting_for(fiona());
    hers.record_audit({"read_statement", std::string("a\0b", 3), "caf\xE9"});
    EXPECT_TRUE(one.check_audit().ok());
}

TEST_P(TrailOn, shows_that_somebody_altered_removed_or_put_in_an_entry) {
    const std::string all_columns = "who, role, address, happened_at, action, subject, detail";
    const struct {
        const char* what;
        std::string sql;
        const char* says;
    } cases[] = {
        {"who", "update audit_entry set who = 'jane' where number = 3", "entry 3"},
        {"when", "update audit_entry set happened_at = '2026-01-01T00:00:00Z' where number = 1",
         "entry 1"},
        {"what", "update audit_entry set action = 'read_summary' where number = 5", "entry 5"},
        {"detail", "update audit_entry set detail = 'x' where number = 2", "entry 2"},
        {"hash", "update audit_entry set digest = 'x' where number = 4", "entry 4"},
        {"one removed", "delete from audit_entry where number = 3", "entry 3"},
        {"the first removed", "delete from audit_entry where number = 1", "entry 1"},
        {"the last removed", "delete from audit_entry where number = 5", "ends at entry 4"},
        {"all removed", "delete from audit_entry", "ends at entry 0"},
        {"one put at the end",
         "insert into audit_entry (number, " + all_columns + ", previous, digest) select 6, " +
             all_columns + ", digest, 'x' from audit_entry where number = 5",
         "entry 6"},
        {"one put before the first",
         "insert into audit_entry (number, " + all_columns + ", previous, digest) select 0, " +
             all_columns + ", 'x', 'x' from audit_entry where number = 5",
         "entry 0"},
        {"two exchanged",
         "update audit_entry set number = case number when 2 then -3 else -2 end"
         " where number in (2, 3)",
         "entry -3"},
        {"the head set back", "update audit_head set number = 4", "ends at entry 5"},
        {"the head removed", "delete from audit_head", "ends at entry 5"},
    };
    for (const auto& one_case : cases) {
        SCOPED_TRACE(one_case.what);
        SetUp();
        if (IsSkipped()) return;
        {
            const auto one = made();
            auto hers = one.acting_for(fiona());
            for (int i = 0; i < 5; ++i) {
                hers.record_audit({"read_statement", "A8100" + std::to_string(i), "d"});
            }
            ASSERT_TRUE(one.check_audit().ok());
        }
        behind_the_programs_back(one_case.sql);
        const auto checked = Register::open(address())->check_audit();
        ASSERT_FALSE(checked.ok());
        EXPECT_NE(checked.problem().says.find(one_case.says), std::string::npos)
            << checked.problem().says;
        TearDown();
    }
}

TEST_P(TrailOn, goes_on_from_where_it_ended_after_its_end_was_removed) {
    const auto one = made();
    auto hers = one.acting_for(fiona());
    for (int i = 0; i < 3; ++i) hers.record_audit({"read_statement", "A81001", ""});
    behind_the_programs_back("delete from audit_entry where number = 3");
    hers.record_audit({"read_statement", "A81001", ""});
    const auto checked = one.check_audit();
    ASSERT_FALSE(checked.ok());
    EXPECT_NE(checked.problem().says.find("entry 3 of the audit trail is missing"),
              std::string::npos);
}

PURSE_ON_EACH_BACKEND(TrailOn);

}  // namespace
}  // namespace purse
