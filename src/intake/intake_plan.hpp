// The compiled form of a layout for one file's heading: which column each field is read from, and
// by which rules. Made once a file, read by every thread.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "intake/field.hpp"
#include "intake/intake.hpp"
#include "intake/packed_set.hpp"

namespace purse {

inline constexpr std::uint16_t no_column = 0xFFFF;

struct CodeRules {
    PackedTable<std::string_view> as_stored;  // by the code as in the file
    bool closed = false;                      // whether other codes are outside the list
    Severity severity = Severity::warn;
};

// What the kernel keeps of a field beside its column.
enum class NoteAs : std::uint8_t {
    nothing,
    record_id,
    spell_id,
    practice,
    provider,
    hrg,
    admission_date,
    costing_date,
    days_out_of_stay,
};

struct FieldPlan {
    FieldKind kind = FieldKind::text;
    std::uint16_t stored = no_column;    // column of the batch
    std::vector<std::uint32_t> sources;  // columns of the file
    bool is_list = false;                // joined from all sources
    bool required = false;
    NoteAs note = NoteAs::nothing;
    std::uint64_t ending = 0;  // of five places, packed, to be dropped from codes
    std::size_t ending_size = 0;
    const CodeRules* codes = nullptr;
    std::string name;
    std::string heading;  // of the first source
};

// Places of the stored columns that are worked out rather than read; `no_column` where the data set
// has none.
struct DerivedColumns {
    std::uint16_t line = no_column;
    std::uint16_t costing_date = no_column;
    std::uint16_t patient = no_column;
    std::uint16_t episodes = no_column;
    std::uint16_t spell_id = no_column;
    std::uint16_t hrg = no_column;
};

struct IntakePlan {
    Layout layout;
    IntakeContext context;
    std::vector<FieldPlan> fields;  // those that the file has
    std::vector<std::string> absent;
    std::vector<std::pair<std::string, std::uint32_t>> given;  // name, column of the file
    std::uint32_t columns_needed = 0;
    DerivedColumns derived;
    bool episodes_expected = false;  // admitted care with episode numbers or last-episode marks
    bool last_episode_read = false;
    std::deque<CodeRules> code_rules;
    std::deque<std::string> code_texts;
    std::array<bool, 256> null_starts{};
    std::vector<std::string> nulls;
    PackedSet no_practice;
    PackedSet ungrouped;

    [[nodiscard]] bool is_null(std::string_view text) const {
        if (text.empty()) return true;
        if (!null_starts[static_cast<unsigned char>(text.front())]) return false;
        for (const std::string& null : nulls) {
            if (null == text) return true;
        }
        return false;
    }
    [[nodiscard]] const FieldPlan* field(std::string_view name) const {
        for (const FieldPlan& field : fields) {
            if (field.name == name) return &field;
        }
        return nullptr;
    }
    [[nodiscard]] std::string heading_of(std::string_view name) const {
        const FieldPlan* known = field(name);
        return known == nullptr ? std::string(name) : known->heading;
    }
};

}  // namespace purse
