#include "warehouse/records_writer.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <tuple>

#include "base/digest.hpp"
#include "warehouse/batch_queue.hpp"
#include "warehouse/database.hpp"
#include "warehouse/durable_file.hpp"
#include "warehouse/key_spool.hpp"
#include "warehouse/sql_lists.hpp"

namespace purse {

namespace {

// Row groups of this size are what DuckDB reads in parallel.
constexpr std::size_t group_rows = 122'880;

std::filesystem::path writing_folder(const std::filesystem::path& staging) {
    static std::atomic<int> count{0};
    const auto folder = staging / fmt::format("writing-{}-{}", ::getpid(), count++);
    std::filesystem::create_directories(folder);
    return folder;
}

// The columns whose equality makes a duplicate, after the provider's and the identifier's.
std::string key_list(DataSet set) {
    if (set != DataSet::prescribing) return "provider, record_id";
    std::string list;
    for (const StoredColumn& column : stored_columns(set)) {
        if (column.name == "line") continue;
        list += (list.empty() ? "" : ", ") + std::string(column.name);
    }
    return list;
}

}  // namespace

struct RecordsWriter::State {
    State(DataSet its_set, const std::filesystem::path& staging, const WriterLimits& limits)
        : set(its_set),
          folder(writing_folder(staging)),
          writer(set, written()),
          queue(writer, group_rows, limits.queued_bytes),
          database({.threads = limits.threads,
                    .memory_bytes = limits.memory_bytes,
                    .spill_folder = folder / "spill"}),
          keys(folder) {}

    [[nodiscard]] std::filesystem::path written() const { return folder / "records.parquet"; }
    void add_keys(std::uint64_t sequence, const RecordBatch& batch);
    [[nodiscard]] std::string later_of_a_key(std::string_view key, std::string_view where,
                                             bool same_spell) const;
    std::vector<DuplicateRecord> duplicates();
    void fill_repeated();
    void rewrite_without_duplicates();

    DataSet set;
    std::filesystem::path folder;
    ParquetWriter writer;
    BatchQueue queue;
    Database database;
    KeySpool keys;
    std::mutex keys_mutex;
    std::map<std::uint64_t, std::size_t> rows_by_sequence;
    std::size_t rows = 0;
    std::atomic<std::uint64_t> next_sequence{0};
    bool finished = false;
};

void RecordsWriter::State::add_keys(std::uint64_t sequence, const RecordBatch& batch) {
    const std::vector<RecordKey> hashed = keys_of(static_cast<std::uint32_t>(sequence), batch);
    const std::lock_guard lock(keys_mutex);
    keys.add(hashed);
    rows_by_sequence[sequence] = batch.rows;
    rows += batch.rows;
}

// The table `repeated`: the places in the file of records whose key's hash occurs more than once.
void RecordsWriter::State::fill_repeated() {
    std::map<std::uint64_t, std::size_t> starts;
    std::size_t start = 0;
    for (const auto& [sequence, count] : rows_by_sequence) {
        starts[sequence] = start;
        start += count;
    }
    database.run("list duplicates", "create table repeated(place bigint)");
    duckdb_appender appender = nullptr;
    CHECK(duckdb_appender_create(database.connection(), nullptr, "repeated", &appender) ==
          DuckDBSuccess);
    for (const RecordKey& key : keys.repeated()) {
        duckdb_append_int64(appender, static_cast<std::int64_t>(starts.at(key.sequence) + key.row));
        duckdb_appender_end_row(appender);
    }
    CHECK(duckdb_appender_destroy(&appender) == DuckDBSuccess);
}

// Records among the repeated ones that are not the first of their key go to the table `duplicate`.
std::string RecordsWriter::State::later_of_a_key(std::string_view key, std::string_view where,
                                                 bool same_spell) const {
    const bool prescribing = set == DataSet::prescribing;
    return fmt::format(
        "select place, line, kept_line, named, id, practice, {5} as same_spell, net, cost "
        "from (select file_row_number as place, line, practice, {0} as named, "
        "{1} as id, {6} as net, {7} as cost, first_value(line) over same as kept_line, "
        "row_number() over same as nth "
        "from read_parquet({2}, file_row_number = true) "
        "where file_row_number in (select place from repeated) {4} "
        "window same as (partition by {3} order by file_row_number)) where nth > 1",
        prescribing ? "practice" : "provider", prescribing ? "bnf_code" : "record_id",
        sql_path_to_read(written()), key, where, same_spell,
        prescribing ? "net_ingredient_cost" : "0::bigint",
        prescribing ? "actual_cost" : "0::bigint");
}

std::vector<DuplicateRecord> RecordsWriter::State::duplicates() {
    fill_repeated();
    std::vector<DuplicateRecord> found;
    if (database.number("count duplicates", "select count(*) from repeated") == 0) return found;
    database.run("compare duplicates",
                 "create table duplicate as " + later_of_a_key(key_list(set), "", false));
    if (set == DataSet::admitted_care) {
        database.run("compare spells",
                     "insert into duplicate " +
                         later_of_a_key("provider, spell_id",
                                        "and spell_id is not null and file_row_number not in "
                                        "(select place from duplicate)",
                                        true));
    }
    Rows rows_found = database.query("list duplicates",
                                     "select line, kept_line, named, id, practice, "
                                     "same_spell::bigint, net, cost "
                                     "from duplicate order by line, place");
    while (rows_found.next()) {
        found.push_back({.line = rows_found.number(0),
                         .kept_line = rows_found.number(1),
                         .provider = std::string(rows_found.text(2)),
                         .record_id = std::string(rows_found.text(3)),
                         .practice = std::string(rows_found.text(4)),
                         .same_spell = rows_found.number(5) != 0,
                         .net_ingredient_cost = rows_found.number(6),
                         .actual_cost = rows_found.number(7)});
    }
    return found;
}

void RecordsWriter::State::rewrite_without_duplicates() {
    const std::filesystem::path kept = folder / "kept.parquet";
    database.run("leave duplicates out",
                 fmt::format("copy (select {} from read_parquet({}, file_row_number = true) "
                             "where file_row_number not in (select place from duplicate) "
                             "order by file_row_number) to {} "
                             "(format parquet, compression snappy, row_group_size {})",
                             column_list(set), sql_path_to_read(written()), sql_text(kept.string()),
                             group_rows));
    std::filesystem::rename(kept, written());
}

RecordsWriter::RecordsWriter(DataSet set, std::filesystem::path staging_folder, WriterLimits limits)
    : state_(std::make_unique<State>(set, staging_folder, limits)) {}

RecordsWriter::~RecordsWriter() {
    std::error_code ignored;
    std::filesystem::remove_all(state_->folder, ignored);
}

void RecordsWriter::append(std::uint64_t sequence, const RecordBatch& batch) {
    CHECK(batch.set == state_->set);
    PackedBatch packed(batch);
    state_->add_keys(sequence, batch);
    state_->queue.put(sequence, std::move(packed));
}

void RecordsWriter::append(const RecordBatch& batch) { append(state_->next_sequence++, batch); }

Result<WrittenRecords> RecordsWriter::finish(const std::filesystem::path& parquet_out) {
    State& state = *state_;
    CHECK(!state.finished);
    state.finished = true;
    state.queue.finish();
    WrittenRecords done;
    done.duplicates = state.duplicates();
    done.rows = state.rows - done.duplicates.size();
    if (done.duplicates.empty()) {
        done.checksum = state.writer.checksum();
    } else {
        state.rewrite_without_duplicates();
        auto checksum = digest_of_file(state.written());
        if (!checksum) return checksum.problem();
        done.checksum = *checksum;
    }
    done.bytes = std::filesystem::file_size(state.written());
    put_in_place(state.written(), parquet_out);
    return done;
}

}  // namespace purse
