#include "warehouse/batch_changes.hpp"

#include <fmt/format.h>

#include "warehouse/batch_scan.hpp"

namespace purse {

namespace {

struct ChangeReasonName {
    ChangeReason reason;
    std::string_view code;
    std::string_view words;
};

constexpr std::array<ChangeReasonName, 12> change_reason_names = {{
    {ChangeReason::unchanged, "unchanged", "unchanged"},
    {ChangeReason::new_record, "new_record", "new: not in the earlier extract"},
    {ChangeReason::removed, "removed", "removed: not in the later extract"},
    {ChangeReason::moved_to, "moved_to", "came from another practice"},
    {ChangeReason::moved_from, "moved_from", "went to another practice"},
    {ChangeReason::provider, "provider", "another provider"},
    {ChangeReason::hrg, "hrg", "another HRG"},
    {ChangeReason::treatment_function, "treatment_function", "another treatment function"},
    {ChangeReason::kind_of_care, "kind_of_care", "another kind of care"},
    {ChangeReason::length_of_stay, "length_of_stay", "another length of stay"},
    {ChangeReason::quantity, "quantity", "other items or quantity"},
    {ChangeReason::price, "price", "another price"},
}};

// Line by line what the charges do not hold: the HRG, or the presentation's quantity.
std::string details_sql(const BatchToPrice& batch) {
    const bool prescribed = batch.set == DataSet::prescribing;
    return fmt::format("select {}::bigint as batch, line, {} as hrg, {} as quantity from {}",
                       batch.number, prescribed ? "''" : "coalesce(hrg, '')",
                       prescribed ? "coalesce(quantity, 0)::bigint" : "0::bigint", scan_sql(batch));
}

std::string priced_sql(const BatchToPrice& from, const BatchToPrice& to,
                       const std::filesystem::path& charges) {
    const std::string key = from.set == DataSet::prescribing ? "c.practice || ' ' || c.record_id"
                                                             : "coalesce(c.record_id, '')";
    return fmt::format(
        "create table priced as select c.batch as batch, {key} as id, row_number() over "
        "(partition by c.batch, {key} order by c.line) as copy, c.account as account, "
        "c.provider as provider, c.treatment_function as treatment_function, "
        "c.budget_line as budget_line, c.qualifying_days as stay, c.items as items, "
        "d.hrg as hrg, d.quantity as quantity, "
        "c.final_price_pence * {per_penny} + c.fine_cost as cost "
        "from read_parquet({charges}) c join ({from} union all {to}) d "
        "on c.batch = d.batch and c.line = d.line",
        fmt::arg("key", key), fmt::arg("per_penny", FinePence::per_penny),
        fmt::arg("charges", sql_path_to_read(charges)), fmt::arg("from", details_sql(from)),
        fmt::arg("to", details_sql(to)));
}

// The first that differs names the reason.
constexpr std::string_view reason_sql =
    "case when a.id is null then 'new_record' when b.id is null then 'removed' "
    "when a.account <> b.account then 'moved' when a.provider <> b.provider then 'provider' "
    "when a.hrg <> b.hrg then 'hrg' "
    "when a.treatment_function <> b.treatment_function then 'treatment_function' "
    "when a.budget_line <> b.budget_line then 'kind_of_care' "
    "when a.stay <> b.stay then 'length_of_stay' "
    "when a.items <> b.items or a.quantity <> b.quantity then 'quantity' "
    "when a.cost <> b.cost then 'price' else 'unchanged' end";

std::string compared_sql(const BatchToPrice& from, const BatchToPrice& to) {
    const std::string both = fmt::format(
        "create table both_extracts as select {} as reason, a.account as account_before, "
        "b.account as account_after, a.budget_line as line_before, b.budget_line as line_after, "
        "coalesce(a.cost, 0) as before, coalesce(b.cost, 0) as after "
        "from (select * from priced where batch = {}) a "
        "full join (select * from priced where batch = {}) b on a.id = b.id and a.copy = b.copy",
        reason_sql, from.number, to.number);
    return both;
}

constexpr std::string_view gathered_sql =
    "select reason, account, line, count(*), sum(before)::bigint, sum(after)::bigint from ("
    "select reason, coalesce(account_after, account_before) as account, "
    "coalesce(line_after, line_before) as line, before, after from both_extracts "
    "where reason <> 'moved' union all "
    "select 'moved_from', account_before, line_before, before, 0 from both_extracts "
    "where reason = 'moved' union all "
    "select 'moved_to', account_after, line_after, 0, after from both_extracts "
    "where reason = 'moved') group by all order by all";

ChangeReason reason_named(std::string_view code) {
    for (const ChangeReasonName& name : change_reason_names) {
        if (name.code == code) return name.reason;
    }
    CHECK(false);
    return ChangeReason::unchanged;
}

}  // namespace

std::string_view to_text(ChangeReason reason) {
    return change_reason_names[static_cast<std::size_t>(reason)].code;
}

std::string_view in_words(ChangeReason reason) {
    return change_reason_names[static_cast<std::size_t>(reason)].words;
}

Result<std::vector<BatchChange>> changes_between(const BatchToPrice& from, const BatchToPrice& to,
                                                 const Affiliations& affiliations,
                                                 const std::filesystem::path& folder,
                                                 const DatabaseLimits& limits) {
    CHECK(from.set == to.set && from.number != to.number);
    const PricedMonthFiles files{folder / "charges.parquet", folder / "cube.parquet"};
    PayableSettings settings;
    settings.full_tariff_only = true;
    const auto written = write_priced_month({from, to}, affiliations, files, limits, settings);
    if (!written) return written.problem();
    Database database(limits);
    database.run("price both extracts", priced_sql(from, to, files.charges));
    database.run("compare the extracts", compared_sql(from, to));
    Rows rows = database.query("add up what changed", std::string(gathered_sql));
    std::vector<BatchChange> changes;
    while (rows.next()) {
        changes.push_back({reason_named(rows.text(0)), Account(rows.text(1)),
                           parse_budget_line(rows.text(2)).value(), rows.number(3),
                           FinePence(rows.number(4)), FinePence(rows.number(5))});
    }
    return changes;
}

}  // namespace purse
