#include "register/batches.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/digest.hpp"
#include "register/state.hpp"

namespace purse {

std::string content_key(const NewBatch& batch) {
    std::vector<std::string> digests;
    for (const SourceFile& file : batch.files) digests.push_back(file.digest);
    std::sort(digests.begin(), digests.end());
    std::string content = std::string(short_name(batch.set)) + " " + to_text(batch.month) + " " +
                          std::string(to_text(batch.stage));
    for (const std::string& digest : digests) content += "\n" + digest;
    return digest_of(content);
}

namespace {

constexpr std::string_view batch_columns =
    "number, data_set, month, stage, layout, rows_in, rows_accepted, rows_rejected, rows_warned,"
    " thousandths_in, thousandths_accepted, thousandths_rejected, records_path, records_checksum,"
    " rejects_path, loaded_at, content_key";
constexpr std::string_view batch_types = "nttttnnnnnnnttttt";

BatchInfo batch_in(const SqlRow& row) {
    NewBatch load;
    load.set = stored(parse_data_set(text_in(row, 1)));
    load.month = stored(parse_month(text_in(row, 2)));
    load.stage = stored(parse_extract(text_in(row, 3)));
    load.layout = text_in(row, 4);
    load.rows = {number_in(row, 5), number_in(row, 6), number_in(row, 7), number_in(row, 8)};
    load.money = {FinePence(number_in(row, 9)), FinePence(number_in(row, 10)),
                  FinePence(number_in(row, 11))};
    load.records = {text_in(row, 12), text_in(row, 13)};
    load.rejects = text_in(row, 14);
    load.loaded_at = text_in(row, 15);
    return {.number = {number_in(row, 0)}, .load = std::move(load)};
}

// The batches for which the condition on `batch` holds, whole, by number: a query a table.
class BatchQuery {
  public:
    BatchQuery(Session& session, std::string_view condition, const SqlRow& values)
        : session_(session), condition_(condition), values_(values) {}

    std::vector<BatchInfo> found() {
        for (const SqlRow& row :
             session_.rows("select " + std::string(batch_columns) + " from batch where " +
                               condition_ + " order by number",
                           batch_types, values_)) {
            places_[number_in(row, 0)] = batches_.size();
            batches_.push_back(batch_in(row));
        }
        if (batches_.empty()) return {};
        each("name, digest", "batch_file", "batch, place", "tt",
             [](NewBatch& load, const SqlRow& row) {
                 load.files.push_back({text_in(row, 1), text_in(row, 2)});
             });
        each("reason, severity, occurrences", "batch_reason", "batch, place", "ttn",
             [](NewBatch& load, const SqlRow& row) {
                 load.reasons.push_back({text_in(row, 1), text_in(row, 2), number_in(row, 3)});
             });
        each("practice, reason, occurrences", "batch_practice_reject", "batch, place", "ttn",
             [](NewBatch& load, const SqlRow& row) {
                 load.practice_rejects.push_back(
                     {PracticeCode(text_in(row, 1)), text_in(row, 2), number_in(row, 3)});
             });
        each("provider, row_count", "batch_provider", "batch", "tn",
             [](NewBatch& load, const SqlRow& row) {
                 load.providers.push_back({ProviderCode(text_in(row, 1)), number_in(row, 2)});
             });
        // By code: the databases may sort texts by different alphabets.
        for (BatchInfo& batch : batches_) {
            std::sort(batch.load.providers.begin(), batch.load.providers.end(),
                      [](const auto& a, const auto& b) { return a.provider < b.provider; });
        }
        return std::move(batches_);
    }

  private:
    template <class Add>
    void each(std::string_view columns, std::string_view table, std::string_view order,
              std::string_view types, Add add) {
        const std::string sql = "select batch, " + std::string(columns) + " from " +
                                std::string(table) +
                                " where batch in (select number from batch where " + condition_ +
                                ") order by " + std::string(order);
        for (const SqlRow& row : session_.rows(sql, "n" + std::string(types), values_)) {
            add(batches_[places_.at(number_in(row, 0))].load, row);
        }
    }

    Session& session_;
    std::string condition_;
    SqlRow values_;
    std::vector<BatchInfo> batches_;
    std::map<std::int64_t, std::size_t> places_;
};

std::vector<BatchInfo> batches_where(Session& session, std::string_view condition,
                                     const SqlRow& values) {
    return BatchQuery(session, condition, values).found();
}

std::optional<BatchInfo> batch_of_content(Session& session, const NewBatch& batch) {
    auto found = batches_where(session, "content_key = ?", {content_key(batch)});
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

struct Standing {
    BatchNumber batch;
    Extract stage = Extract::early;
};

// What counts now for each provider of a data set's month: its newest batch.
std::map<ProviderCode, Standing> standing(Session& session, DataSet set, Month month) {
    std::map<ProviderCode, Standing> newest;
    for (const SqlRow& row :
         session.rows("select p.provider, b.number, b.stage from batch_provider p"
                      " join batch b on b.number = p.batch"
                      " where b.data_set = ? and b.month = ? order by b.number",
                      "tnt", {std::string(short_name(set)), to_text(month)})) {
        newest[ProviderCode(text_in(row, 0))] = {{number_in(row, 1)},
                                                 stored(parse_extract(text_in(row, 2)))};
    }
    return newest;
}

Problem too_early(const NewBatch& batch, ProviderCode provider, const Standing& now) {
    const std::string whose = provider.empty() ? std::string(in_words(batch.set)) : provider.text();
    return conflict(std::string(to_text(now.stage)) + " is already loaded for " + whose + " " +
                    in_words(batch.month) + " (" + std::string(in_words(batch.set)) + ", batch " +
                    std::to_string(now.batch.value) + "); an extract of stage " +
                    std::string(to_text(batch.stage)) +
                    " comes before it and cannot replace it: load it as --extract " +
                    std::string(to_text(now.stage)) + " if it is the later one");
}

Outcome not_too_early(Session& session, const NewBatch& batch) {
    const auto now = standing(session, batch.set, batch.month);
    for (const ProviderRows& part : batch.providers) {
        const auto found = now.find(part.provider);
        if (found != now.end() && found->second.stage > batch.stage) {
            return too_early(batch, part.provider, found->second);
        }
    }
    return Nothing{};
}

// Rows of a table that hangs on batch, numbered from 1 in the given order.
template <class Item, class Columns>
std::vector<SqlRow> numbered(BatchNumber number, const std::vector<Item>& items, Columns columns) {
    std::vector<SqlRow> rows;
    for (const Item& item : items) {
        SqlRow row{number.value, static_cast<std::int64_t>(rows.size() + 1)};
        for (SqlValue& value : columns(item)) row.push_back(std::move(value));
        rows.push_back(std::move(row));
    }
    return rows;
}

void add_head(Session& session, BatchNumber number, const NewBatch& load) {
    session.insert(
        "batch", batch_columns,
        std::vector<SqlRow>{{number.value, std::string(short_name(load.set)), to_text(load.month),
                             std::string(to_text(load.stage)), load.layout, load.rows.in,
                             load.rows.accepted, load.rows.rejected, load.rows.warned,
                             load.money.in.thousandths(), load.money.accepted.thousandths(),
                             load.money.rejected.thousandths(), load.records.path.generic_string(),
                             load.records.checksum, load.rejects.generic_string(), load.loaded_at,
                             content_key(load)}});
}

void add_details(Session& session, BatchNumber number, const NewBatch& load) {
    session.insert("batch_file", "batch, place, name, digest",
                   numbered(number, load.files,
                            [](const SourceFile& file) { return SqlRow{file.name, file.digest}; }));
    session.insert("batch_reason", "batch, place, reason, severity, occurrences",
                   numbered(number, load.reasons, [](const ReasonCount& reason) {
                       return SqlRow{reason.reason, reason.severity, reason.count};
                   }));
    session.insert("batch_practice_reject", "batch, place, practice, reason, occurrences",
                   numbered(number, load.practice_rejects, [](const PracticeReasonCount& rejects) {
                       return SqlRow{rejects.practice.text(), rejects.reason, rejects.count};
                   }));
    std::vector<SqlRow> providers;
    for (const ProviderRows& part : load.providers) {
        providers.push_back({number.value, part.provider.text(), part.rows});
    }
    session.insert("batch_provider", "batch, provider, row_count", providers);
}

void check_consistent(const NewBatch& batch) {
    CHECK(batch.rows.in == batch.rows.accepted + batch.rows.rejected);
    std::set<ProviderCode> seen;
    for (const ProviderRows& part : batch.providers) CHECK(seen.insert(part.provider).second);
}

Result<RecordedBatch> record(Session& session, const Actor& actor, const NewBatch& batch) {
    if (auto before = batch_of_content(session, batch)) {
        return RecordedBatch{std::move(*before), true};
    }
    if (const auto allowed = not_too_early(session, batch); !allowed) return allowed.problem();
    const BatchNumber number{next_number(session, "batch")};
    add_head(session, number, batch);
    add_details(session, number, batch);
    add_to_trail(session, actor,
                 {"load_records", to_text(batch.month),
                  std::string(short_name(batch.set)) + " " + std::string(to_text(batch.stage)) +
                      ", batch " + std::to_string(number.value)},
                 batch.loaded_at);
    return RecordedBatch{{number, batch}, false};
}

}  // namespace

Result<RecordedBatch> Register::record_batch(const NewBatch& batch) {
    auto recorded = record_batches({&batch, 1});
    if (!recorded) return recorded.problem();
    return std::move(recorded->front());
}

Result<std::vector<RecordedBatch>> Register::record_batches(std::span<const NewBatch> batches) {
    using Recorded = std::vector<RecordedBatch>;
    for (const NewBatch& batch : batches) check_consistent(batch);
    return state_->store.write("record a load", [&](Session& session) -> Result<Recorded> {
        Recorded all;
        for (const NewBatch& batch : batches) {
            auto recorded = record(session, actor_, batch);
            if (!recorded) return recorded.problem();
            all.push_back(std::move(*recorded));
        }
        return all;
    });
}

std::optional<BatchInfo> Register::find_batch(const NewBatch& batch) const {
    return state_->store.read("look for a load",
                              [&](Session& session) { return batch_of_content(session, batch); });
}

Outcome Register::may_load(const NewBatch& batch) const {
    return state_->store.read("read its loads",
                              [&](Session& session) { return not_too_early(session, batch); });
}

Result<BatchInfo> Register::batch(BatchNumber number) const {
    auto found = state_->store.read("read a load", [&](Session& session) {
        return batches_where(session, "number = ?", {number.value});
    });
    if (found.empty()) {
        return not_found("there is no batch " + std::to_string(number.value) +
                         ": list them with 'purse batches'");
    }
    return std::move(found.front());
}

std::vector<BatchInfo> Register::batches() const {
    return state_->store.read("read its loads",
                              [](Session& session) { return batches_where(session, "1 = 1", {}); });
}

std::vector<BatchInfo> Register::batches_of(Month month) const {
    return state_->store.read("read its loads", [&](Session& session) {
        return batches_where(session, "month = ?", {to_text(month)});
    });
}

namespace {

using ProvidersOf = std::map<BatchNumber, std::vector<ProviderCode>>;

ProvidersOf providers_that_count(Session& session, DataSet set, Month first, Month last) {
    ProvidersOf providers;
    for (const SqlRow& row :
         session.rows("select p.provider, max(b.number) from batch_provider p"
                      " join batch b on b.number = p.batch"
                      " where b.data_set = ? and b.month between ? and ?"
                      " group by b.month, p.provider",
                      "tn", {std::string(short_name(set)), to_text(first), to_text(last)})) {
        providers[{number_in(row, 1)}].push_back(ProviderCode(text_in(row, 0)));
    }
    for (auto& [batch, codes] : providers) std::sort(codes.begin(), codes.end());
    return providers;
}

}  // namespace

std::vector<CurrentBatch> Register::current_batches(DataSet set, Month first, Month last) const {
    return state_->store.read("read its loads", [&](Session& session) {
        auto providers = providers_that_count(session, set, first, last);
        std::vector<CurrentBatch> current;
        for (BatchInfo& batch :
             batches_where(session, "data_set = ? and month between ? and ?",
                           {std::string(short_name(set)), to_text(first), to_text(last)})) {
            const auto found = providers.find(batch.number);
            if (found == providers.end()) continue;
            current.push_back({std::move(batch), std::move(found->second)});
        }
        std::stable_sort(current.begin(), current.end(), [](const auto& a, const auto& b) {
            return a.batch.load.month < b.batch.load.month;
        });
        return current;
    });
}

std::vector<StoredFile> Register::stored_files() const {
    return state_->store.read("list its files", [](Session& session) {
        std::vector<StoredFile> files;
        for (const SqlRow& row : session.rows(
                 "select records_path, records_checksum from batch where records_path <> ''"
                 " union all select cube_path, cube_checksum from closing where cube_path <> ''"
                 " union all select charges_path, charges_checksum from closing"
                 " where charges_path <> ''"
                 " union all select path, checksum from closing_paper",
                 "tt")) {
            files.push_back({text_in(row, 0), text_in(row, 1)});
        }
        std::sort(files.begin(), files.end(),
                  [](const StoredFile& a, const StoredFile& b) { return a.path < b.path; });
        return files;
    });
}

}  // namespace purse
