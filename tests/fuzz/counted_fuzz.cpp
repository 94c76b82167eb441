// Any bytes are read as referrals, a waiting list, block contracts and a layout without a crash;
// every row is counted, passed over or rejected with a reason, and what is kept as a file reads
// back.
#include <cstddef>
#include <cstdint>
#include <string>

#include "budget/block_contracts.hpp"
#include "intake/counted_file.hpp"

namespace {

using namespace purse;

const std::filesystem::path rules = std::filesystem::path(PURSE_SOURCE_DIR) / "rules";

void check(const CountedRows& rows, std::int64_t counted) {
    CHECK(rows.rows == rows.accepted + rows.rejected + rows.rows_passed_over());
    CHECK(counted >= rows.accepted);
    std::int64_t rejects = 0;
    for (const CountedFault& fault : rows.faults) {
        CHECK(fault.line > 0 && !fault.reason.empty() && !fault.says.empty());
        rejects += fault.rejects ? 1 : 0;
    }
    CHECK(rejects == rows.rejected);
    (void)faults_csv(rows.faults);
}

template <class Count>
std::int64_t sum_of(const std::vector<Count>& counts) {
    std::int64_t sum = 0;
    for (const Count& one : counts) {
        CHECK(one.count > 0);
        sum += one.count;
    }
    return sum;
}

void referrals(const PublishedTable& table) {
    static const auto layouts = read_counted_layouts(rules, "referrals", referral_fields()).value();
    for (const CountedLayout& layout : layouts) {
        ReferralReading reading(layouts, Month(2017, 6));
        if (!reading.take(table, layout.name)) continue;
        check(reading.rows(), sum_of(reading.counts()));
    }
}

void waiting_list(const PublishedTable& table) {
    static const auto layouts =
        read_counted_layouts(rules, "waiting_list", waiting_fields()).value();
    for (const CountedLayout& layout : layouts) {
        WaitingReading reading(layouts, Date::of(2018, 3, 31));
        if (!reading.take(table, layout.name)) continue;
        check(reading.rows(), sum_of(reading.counts()));
    }
}

void blocks(const std::string& text) {
    const auto file = read_block_contracts_text(text, "fuzz.csv");
    if (!file) return;
    const auto kept = read_block_contracts_text(as_csv(file->contracts), "kept.csv");
    CHECK(kept.ok() && kept->unread.empty() && kept->contracts == file->contracts);
    for (const BlockContract& contract : file->contracts) {
        Pence sum;
        const Month month = contract.year.first_month();
        for (const auto& [practice, share] : block_shares(contract, contract.shares, month)) {
            sum += share.to_date;
        }
        CHECK(sum == Pence(0) || sum == contract_to_date(contract, month));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    if (const auto table = read_published_table_text(text, "fuzz.csv")) {
        referrals(*table);
        waiting_list(*table);
    }
    blocks(text);
    (void)parse_counted_layout(text, "fuzz.toml", referral_fields());
    return 0;
}
