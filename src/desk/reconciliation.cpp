#include "desk/reconciliation.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <fstream>
#include <map>
#include <mutex>

#include "activity/data_set.hpp"
#include "tables/delimited.hpp"

namespace purse {

namespace {

enum class Compared : std::uint8_t { whole, money, factor };

struct FieldPair {
    std::string_view given;  // name in the layout's [given]
    std::string_view ours;   // column of our output
    Compared as;
};

constexpr std::array<FieldPair, 9> fields = {{
    {"qualifying_days", "qualifying_days", Compared::whole},
    {"initial_tariff", "initial_tariff_pence", Compared::money},
    {"excess_bed_days", "excess_bed_days", Compared::whole},
    {"per_diem", "per_diem_pence", Compared::money},
    {"excess_bed_days_tariff", "excess_bed_days_pence", Compared::money},
    {"topup", "topup_pence", Compared::money},
    {"market_forces_factor", "market_forces_factor", Compared::factor},
    {"unbundled", "unbundled_pence", Compared::money},
    {"final_price", "final_price_pence", Compared::money},
}};

// Both sides in one spelling: pence, millionths, or the text itself.
std::string comparable(std::string_view text, Compared as, bool ours) {
    if (as == Compared::money && !ours) {
        const auto amount = parse_pounds(text);
        return amount ? std::to_string(amount->count()) : std::string(text);
    }
    if (as == Compared::factor) {
        const auto factor = parse_factor(text);
        return factor ? to_text(*factor) : std::string(text);
    }
    return std::string(text);
}

// Ours as the file would give it: pounds for money.
std::string shown(const std::string& ours, Compared as) {
    std::int64_t pence = 0;
    const auto [end, fault] = std::from_chars(ours.data(), ours.data() + ours.size(), pence);
    if (as != Compared::money || fault != std::errc()) return ours;
    return plain_pounds(Pence(pence));
}

using Given = std::map<std::string, std::map<std::string, std::string>>;  // record, field, value

Result<Given> read_given(ReadRequest reading) {
    reading.context.want_given = true;
    Given given;
    std::mutex mutex;
    const std::size_t id_column = column_index(reading.context.set, "record_id");
    RecordSink sink;
    sink.records = [&](std::uint64_t, const RecordBatch& batch, const GivenColumns& columns) {
        const std::scoped_lock lock(mutex);
        for (std::size_t at = 0; at < batch.rows; ++at) {
            auto& record = given[std::string(batch.columns[id_column].texts[at])];
            for (std::size_t i = 0; i < columns.names.size(); ++i) {
                record[columns.names[i]] = std::string(columns.texts[i][at]);
            }
        }
    };
    sink.findings = [](const std::vector<Finding>&) {};
    const auto read = read_records(reading, sink);
    if (!read) return read.problem();
    return given;
}

}  // namespace

Outcome reconcile(ReadRequest reading, const std::filesystem::path& priced,
                  PriceFileReport& report) {
    const auto given = read_given(std::move(reading));
    if (!given) return given.problem();
    const auto table = read_table(priced);
    if (!table) return table.problem();
    const auto id = table->column("record_id");
    if (!id) return id.problem();
    report.differences = priced.string() + ".differences.csv";
    std::ofstream out(report.differences, std::ios::binary);
    out << csv_line({"record_id", "field", "given", "ours"});
    for (const FieldPair& field : fields) {
        const auto column = table->column(field.ours);
        if (!column) return column.problem();
        FieldAgreement agreement{std::string(field.given), 0, 0};
        for (const auto& row : table->rows) {
            const auto record = given->find(row.cells[*id]);
            if (record == given->end()) continue;
            const auto value = record->second.find(std::string(field.given));
            if (value == record->second.end() || value->second.empty()) continue;
            const std::string theirs = comparable(value->second, field.as, false);
            const std::string ours = comparable(row.cells[*column], field.as, true);
            ++agreement.compared;
            if (theirs == ours) {
                ++agreement.agreed;
            } else {
                out << csv_line({row.cells[*id], std::string(field.given), value->second,
                                 shown(ours, field.as)});
            }
        }
        if (agreement.compared > 0) report.agreements.push_back(agreement);
    }
    if (report.agreements.empty()) {
        return bad_input(
            "there is nothing to reconcile with: the file's layout has no computed price fields "
            "(SUS+ layouts do; see docs/layouts.md)");
    }
    return Nothing{};
}

}  // namespace purse
