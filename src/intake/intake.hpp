// Intake turns pieces of a provider's file into clean records and reasoned findings: a pure kernel,
// the same whatever the pieces and the threads.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "activity/record_batch.hpp"
#include "base/pseudonym.hpp"
#include "base/result.hpp"
#include "calendar/month.hpp"
#include "intake/finding.hpp"
#include "intake/layout.hpp"
#include "intake/packed_set.hpp"
#include "intake/validation.hpp"
#include "money/fine_pence.hpp"
#include "tables/delimited.hpp"

namespace purse {

// The days from and to which a practice was open; by default always.
struct PracticeSpan {
    Date opened{std::numeric_limits<std::int32_t>::min()};
    Date closed{std::numeric_limits<std::int32_t>::max()};
};
using KnownPractices = PackedTable<PracticeSpan>;

struct IntakeContext {
    DataSet set = DataSet::admitted_care;
    std::optional<Month> month;  // absent: any date
    PseudonymKey key;
    std::shared_ptr<const KnownPractices> practices;  // absent: practices are not checked
    std::shared_ptr<const PackedSet> hrgs;  // known to the year's tariff; absent: not checked
    ValidationRules rules;
    bool want_given = false;  // whether the layout's "given" columns are kept beside the records
};

// Columns of the source that are not stored: SUS's own results, kept beside the records as text.
struct GivenColumns {
    std::vector<std::string> names;
    std::vector<std::vector<std::string_view>> texts;  // by column, then by record of the batch
};

// Episodes of spells of more than one, with what is needed to put the spells together.
struct EpisodeBatch {
    RecordBatch rows = RecordBatch::empty(DataSet::admitted_care);
    struct Extra {
        std::int64_t number = 0;  // 0: not given
        bool last = false;
        bool last_given = false;
        bool dominant = false;
        std::optional<Date> start;
        std::optional<Date> end;
        std::string_view episode_hrg;
    };
    std::vector<Extra> extras;
    GivenColumns given;
};

// Money of prescribing records, for the control totals.
struct MoneyTotals {
    FinePence net_ingredient_cost;
    FinePence actual_cost;
    std::uint64_t unreadable = 0;  // records whose costs could not be read
    MoneyTotals& operator+=(const MoneyTotals& other) {
        net_ingredient_cost += other.net_ingredient_cost;
        actual_cost += other.actual_cost;
        unreadable += other.unreadable;
        return *this;
    }
    friend auto operator<=>(const MoneyTotals&, const MoneyTotals&) = default;
};

struct IntakePlan;  // a layout and a heading, compiled

// What a piece gives: rows read = records + episodes + rejected. Reuse it: the space is kept.
struct PieceOut {
    RecordBatch records;
    EpisodeBatch episodes;
    GivenColumns given;             // of the records
    std::vector<Finding> findings;  // by line
    std::uint64_t rows_read = 0;
    std::uint64_t rows_rejected = 0;
    MoneyTotals read;
    MoneyTotals rejected;
    std::shared_ptr<const IntakePlan> room_of;  // whose rows the columns have room for
};

class Intake {
  public:
    // Compiles the layout for a file with these headings. The problem names required columns that
    // are missing and headings that stand there twice.
    static Result<Intake> prepare(const Layout& layout, const std::vector<std::string>& headings,
                                  IntakeContext context);

    // Thread-safe. The texts of `out` point into the piece, so that its bytes must outlive them.
    void read_piece(const Piece& piece, PieceOut& out) const;

    [[nodiscard]] const IntakeContext& context() const;
    [[nodiscard]] const Layout& layout() const;
    // Fields that the layout knows and this file has no column for.
    [[nodiscard]] const std::vector<std::string>& absent_fields() const;
    [[nodiscard]] const IntakePlan& plan() const { return *plan_; }

  private:
    explicit Intake(std::shared_ptr<const IntakePlan> plan) : plan_(std::move(plan)) {}
    std::shared_ptr<const IntakePlan> plan_;
};

}  // namespace purse
