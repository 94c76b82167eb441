#include "intake/intake.hpp"

#include "intake/intake_plan.hpp"
#include "intake/row_reader.hpp"

namespace purse {

namespace {

void start_batch(RecordBatch& batch, DataSet set) {
    if (batch.columns.size() != stored_columns(set).size() || batch.set != set) {
        batch = RecordBatch::empty(set);
    }
    batch.rows = 0;
    batch.keep_alive.clear();
    for (RecordColumn& column : batch.columns) {
        column.texts.clear();
        column.numbers.clear();
        column.pseudonyms.clear();
        column.present.clear();
    }
}

void start_given(const IntakePlan& plan, GivenColumns& given) {
    given.names.clear();
    for (const auto& [name, column] : plan.given) given.names.push_back(name);
    given.texts.resize(plan.given.size());
    for (auto& texts : given.texts) texts.clear();
}

// Columns of a piece before keep their length: room that need not be made again. Their rows are
// overwritten one by one; what this file has no column for stays absent in all of them.
void start(const std::shared_ptr<const IntakePlan>& shared, PieceOut& out) {
    const IntakePlan& plan = *shared;
    if (out.room_of == shared) {
        out.records.rows = 0;
        out.records.keep_alive.clear();
    } else {
        start_batch(out.records, plan.context.set);
        out.room_of = shared;
    }
    start_batch(out.episodes.rows, DataSet::admitted_care);
    out.episodes.extras.clear();
    start_given(plan, out.episodes.given);
    start_given(plan, out.given);
    out.findings.clear();
    out.rows_read = 0;
    out.rows_rejected = 0;
    out.read = {};
    out.rejected = {};
}

}  // namespace

void Intake::read_piece(const Piece& piece, PieceOut& out) const {
    start(plan_, out);
    TextArena arena;
    RowReader rows(*plan_, out, arena);
    DelimitedReader reader(piece.bytes, {}, piece.first_line);
    while (reader.next()) {
        if (reader.unterminated()) {
            rows.reject_whole_row(reader.line(), Reason::unterminated_quote, {});
        } else {
            rows.read_row(reader.fields(), reader.line());
        }
    }
    rows.finish();

    std::vector<std::shared_ptr<const void>> owners = arena.release();
    owners.push_back(plan_);
    owners.push_back(
        std::make_shared<const std::vector<std::unique_ptr<std::string>>>(reader.take_rewritten()));
    out.records.keep_alive = owners;
    out.episodes.rows.keep_alive = std::move(owners);
}

}  // namespace purse
