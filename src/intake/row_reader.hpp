// Reads the fields of one row after another into the columns of a piece's batch.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "intake/intake_plan.hpp"
#include "intake/record_checks.hpp"
#include "intake/text_arena.hpp"

namespace purse {

class RowReader {
  public:
    RowReader(const IntakePlan& plan, PieceOut& out, TextArena& arena)
        : plan_(plan), out_(out), arena_(arena) {}

    void read_row(const std::vector<Field>& fields, std::uint64_t line);
    void reject_whole_row(std::uint64_t line, Reason reason, std::string value);
    // Cuts the columns to the rows that stand.
    void finish();

  private:
    // What of a row is needed beside its columns.
    struct Row {
        std::uint64_t line = 0;
        bool rejected = false;
        std::string_view nhs_number;  // as given
        std::string_view local_id;
        std::string_view shared_pseudonym;
        std::string_view record_id;
        std::string_view spell_id;
        std::string_view practice;
        std::uint64_t practice_code = 0;
        std::string_view provider;
        std::string_view hrg;
        std::uint64_t hrg_code = 0;
        std::optional<Date> admission;
        std::optional<Date> costing;
        std::int64_t days_out = 0;
        bool money_read = true;
        EpisodeBatch::Extra episode;
    };

    void make_room();
    void read_field(const FieldPlan& field);
    void put_value(const FieldPlan& field, const Field& from, std::string_view text);
    void put_absent(const FieldPlan& field, std::uint32_t at_column);
    void put_text(const FieldPlan& field, std::string_view text, std::uint64_t code = 0);
    void put_number(const FieldPlan& field, std::int64_t number);
    void put_code(const FieldPlan& field, const Field& from, std::string_view text);
    void put_provider(const FieldPlan& field, const Field& from, std::string_view text);
    void put_hrg(const FieldPlan& field, const Field& from, std::string_view text);
    void put_age(const FieldPlan& field, const Field& from, std::string_view text);
    void put_date(const FieldPlan& field, const Field& from, std::string_view text);
    void put_month(const FieldPlan& field, const Field& from, std::string_view text);
    void put_decimal(const FieldPlan& field, const Field& from, std::string_view text);
    void put_list(const FieldPlan& field);
    void take_episode_field(const FieldPlan& field, const Field& from, std::string_view text);
    void note_text(const FieldPlan& field, std::string_view text, std::uint64_t code);

    void finish_row();
    void put_patient();
    void put_spell_from_patient(const Pseudonym& patient);
    void check_whole();
    [[nodiscard]] bool is_part_of_spell() const;
    void move_to_episodes();
    void put_given();
    void count_money();
    void complete_findings();
    bool hides(std::string& value) const;

    std::string_view upper(std::string_view text);
    std::uint64_t pack_upper(std::string_view& text);
    bool read_any_date(std::string_view text, Date& date) const;
    void fault(const FieldPlan& field, std::uint32_t column, Reason reason, std::string_view value,
               Severity severity);
    void fault(const FieldPlan& field, std::uint32_t column, Reason reason,
               std::string_view value) {
        fault(field, column, reason, value, plan_.context.rules.of(reason).severity);
    }

    const IntakePlan& plan_;
    PieceOut& out_;
    TextArena& arena_;
    const std::vector<Field>* fields_ = nullptr;
    Row row_;
    std::size_t at_ = 0;        // the row's place in the batch
    std::size_t capacity_ = 0;  // places there are
    std::size_t first_finding_ = 0;
    std::string_view last_site_;  // and its provider: most files name few
    std::string_view last_provider_;
};

}  // namespace purse
