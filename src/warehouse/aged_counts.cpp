#include "warehouse/aged_counts.hpp"

#include <fmt/format.h>

#include "warehouse/recorded_patient.hpp"

namespace purse {

namespace {

std::string list_of(const std::vector<std::string>& texts) {
    std::string list;
    for (const std::string& text : texts) list += (list.empty() ? "" : ", ") + sql_text(text);
    return list;
}

std::string condition_of(const CountRule& rule) {
    std::string condition = "true";
    const auto demand = [&](const std::string& what) { condition += " and " + what; };
    if (!rule.lines.empty()) {
        std::vector<std::string> lines;
        for (const BudgetLine line : rule.lines) lines.emplace_back(name_of(line).code);
        demand(fmt::format("c.budget_line in ({})", list_of(lines)));
    }
    if (!rule.first_attendance.empty()) {
        demand(fmt::format("r.first_attendance in ({})", list_of(rule.first_attendance)));
    }
    if (!rule.referral_source.empty()) {
        demand(fmt::format("r.referral_source in ({})", list_of(rule.referral_source)));
    }
    if (!rule.hrg_begins.empty()) {
        std::string any = "false";
        for (const std::string& begins : rule.hrg_begins) {
            any += fmt::format(" or starts_with(r.hrg, {})", sql_text(begins));
        }
        demand("(" + any + ")");
    }
    if (rule.kept_only) {
        demand("c.outcome in ('priced', 'zero_priced', 'local_price', 'as_given')");
    }
    return condition;
}

std::string records_sql(DataSet set, const std::vector<ChargedBatch>& batches) {
    const std::string_view more =
        set == DataSet::outpatients ? ", first_attendance, referral_source" : "";
    std::string all;
    for (const ChargedBatch& batch : batches) {
        if (batch.set != set) continue;
        all += fmt::format(
            "{}select {}::bigint as batch, line, coalesce(sex, '') as sex, age, hrg{} "
            "from read_parquet({})",
            all.empty() ? "" : " union all ", batch.number, more, sql_path_to_read(batch.records));
    }
    return all;
}

struct RuleOfSet {
    std::size_t place = 0;
    const CountRule* rule = nullptr;
};

std::string counts_sql(const std::filesystem::path& charges, DataSet set,
                       const std::vector<RuleOfSet>& rules, const std::string& records, Month first,
                       Month last) {
    std::string counts;
    for (const RuleOfSet& one : rules) {
        counts += fmt::format(", count(*) filter (where {})", condition_of(*one.rule));
    }
    return fmt::format(
        "select c.month, c.account, r.sex, r.age, count(*) filter (where r.batch is null){counts} "
        "from (select batch, line, month, account, budget_line, outcome from "
        "read_parquet({charges}) where data_set = {set} and month between cast({first} as date) "
        "and cast({last} as date)) c "
        "left join ({records}) r on c.batch = r.batch and c.line = r.line group by 1, 2, 3, 4 "
        "order by 1, 2, 3, 4",
        fmt::arg("counts", counts), fmt::arg("charges", sql_path_to_read(charges)),
        fmt::arg("set", sql_text(short_name(set))),
        fmt::arg("first", sql_text(to_text(first.first_day()))),
        fmt::arg("last", sql_text(to_text(last.first_day()))), fmt::arg("records", records));
}

Outcome add_counts(Rows& rows, const std::vector<RuleOfSet>& rules,
                   std::vector<AgedCount>& counts) {
    constexpr std::size_t before = 5;
    while (rows.next()) {
        if (rows.number(before - 1) > 0) {
            return conflict(
                "the stored records are not those that the month was closed from: run 'purse "
                "verify' to find the file, and restore it from a backup");
        }
        AgedCount count;
        count.month = Month::of(Date(static_cast<std::int32_t>(rows.number(0))));
        count.account = Account(rows.text(1));
        count.sex = sex_of(rows.text(2));
        const bool known =
            !rows.absent(3) && rows.number(3) >= 0 && rows.number(3) <= oldest_recorded;
        if (known) count.age = static_cast<int>(rows.number(3));
        for (std::size_t i = 0; i < rules.size(); ++i) {
            count.rule = rules[i].place;
            count.count = rows.number(before + i);
            if (count.count > 0) counts.push_back(count);
        }
    }
    return Nothing{};
}

}  // namespace

Result<std::vector<AgedCount>> aged_counts(const std::filesystem::path& charges,
                                           const std::vector<ChargedBatch>& batches,
                                           const std::vector<CountRule>& rules, Month first,
                                           Month last, const DatabaseLimits& limits) {
    Database database(limits);
    if (auto readable = readable_parquet(database, charges); !readable) return readable.problem();
    for (const ChargedBatch& batch : batches) {
        if (auto readable = readable_parquet(database, batch.records); !readable) {
            return readable.problem();
        }
    }
    std::vector<AgedCount> counts;
    for (const DataSet set : {DataSet::admitted_care, DataSet::outpatients, DataSet::emergency}) {
        std::vector<RuleOfSet> of_set;
        for (std::size_t place = 0; place < rules.size(); ++place) {
            if (rules[place].set == set) of_set.push_back({place, &rules[place]});
        }
        const std::string records = records_sql(set, batches);
        if (of_set.empty() || records.empty()) continue;
        Rows rows = database.query("count records by age",
                                   counts_sql(charges, set, of_set, records, first, last));
        if (auto added = add_counts(rows, of_set, counts); !added) return added.problem();
    }
    return counts;
}

}  // namespace purse
