#include "plain_sql.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>
#include <set>

#include "base/check.hpp"

namespace purse {

namespace {

void fill_table(Database& database, const std::string& name, const std::string& columns,
                const std::vector<std::string>& rows) {
    database.run("make " + name, fmt::format("create table {}({})", name, columns));
    if (rows.empty()) return;
    database.run("fill " + name,
                 fmt::format("insert into {} values {}", name, fmt::join(rows, ", ")));
}

std::string number(const std::optional<Pence>& price) {
    return price ? std::to_string(price->count()) : "null";
}
std::string number(const std::optional<int>& days) { return days ? std::to_string(*days) : "null"; }

// Every HRG that the tariff knows; those without a price for spells have none here either.
std::set<std::string> known_hrgs(const PriceBook& book) {
    const Tariff& tariff = book.tariff();
    std::set<std::string> known(book.rules().zero_priced_hrgs.begin(),
                                book.rules().zero_priced_hrgs.end());
    const auto add = [&known](const auto& rows) {
        for (const auto& [hrg, row] : rows) known.insert(hrg.text());
    };
    add(tariff.admitted);
    add(tariff.emergency);
    add(tariff.unbundled);
    add(tariff.direct_access);
    add(tariff.no_national_price);
    for (const auto& row : tariff.best_practice) {
        if (row.automated) known.insert(row.hrg.text());
    }
    return known;
}

std::string price_row(const PriceBook& book, const std::string& hrg) {
    const auto& zero = book.rules().zero_priced_hrgs;
    const auto found = book.tariff().admitted.find(Hrg(hrg));
    const AdmittedPrice price =
        found != book.tariff().admitted.end() ? found->second : AdmittedPrice();
    return fmt::format("({}, {}, {}, {}, {}, {}, {}, {}, {})", sql_text(hrg),
                       std::ranges::find(zero, hrg) != zero.end(),
                       number(price.day_case ? price.day_case : price.combined),
                       number(price.elective ? price.elective : price.combined),
                       number(price.non_elective), number(price.elective_trim_days),
                       number(price.non_elective_trim_days), number(price.long_stay_per_day),
                       price.short_stay_applies && price.non_elective
                           ? number(price.short_stay_emergency)
                           : "null");
}

void fill_prices(Database& database, const PriceBook& book) {
    std::vector<std::string> prices;
    for (const std::string& hrg : known_hrgs(book)) prices.push_back(price_row(book, hrg));
    fill_table(database, "hrg_price",
               "price_hrg varchar, zero boolean, day_case bigint, elective bigint, "
               "non_elective bigint, elective_trim bigint, non_elective_trim bigint, "
               "per_day bigint, short_stay bigint",
               prices);
    std::vector<std::string> best;
    for (const BestPracticePrice& row : book.tariff().best_practice) {
        if (!row.automated) continue;
        best.push_back(fmt::format(
            "({}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {})", sql_text(row.hrg.text()),
            best.size(), sql_text(row.flag), number(row.day_case), number(row.elective),
            number(row.non_elective), number(row.short_stay_emergency), row.short_stay_kept,
            row.least_age, row.most_age, row.least_stay_days, row.most_stay_days,
            row.emergency_only, row.transfers_too));
    }
    fill_table(database, "best_practice",
               "best_hrg varchar, place bigint, flag varchar, day_case bigint, elective bigint, "
               "non_elective bigint, short_stay bigint, short_stay_kept boolean, "
               "least_age bigint, most_age bigint, least_days bigint, most_days bigint, "
               "emergency_only boolean, transfers_too boolean",
               best);
    // With each HRG its best practice rows: those with a flag first, else in the sheet's order.
    database.run("make price",
                 "create table price as select hrg_price.*, best from hrg_price left join "
                 "(select best_hrg, list(b order by b.flag = '', b.place) as best from "
                 "best_practice b group by best_hrg) on best_hrg = price_hrg");
}

void fill_factors(Database& database, const PriceBook& book) {
    std::vector<std::string> factors;
    for (const auto& [provider, factor] : book.tariff().market_forces) {
        factors.push_back(
            fmt::format("({}, {})", sql_text(provider.text()), factor.factor.millionths()));
    }
    fill_table(database, "factor", "factor_provider varchar, mff bigint", factors);
    std::vector<std::string> methods;
    for (const AdmissionMethodRule& rule : book.rules().admission_methods) {
        methods.push_back(
            fmt::format("({}, {})", sql_text(rule.method), sql_text(to_text(rule.type))));
    }
    fill_table(database, "method", "method_code varchar, method_type varchar", methods);
}

void fill_top_ups(Database& database, const Tariff& tariff) {
    std::vector<std::string> flags;
    for (const TopUpFlag& row : tariff.top_up_flags) {
        flags.push_back(fmt::format("({}, {})", sql_text(row.flag), row.rate.millionths()));
    }
    fill_table(database, "top_up_flag", "flag varchar, rate bigint", flags);
    std::map<std::string, std::int64_t> rates;
    for (const TopUpService& row : tariff.top_up_services) {
        rates[row.service_id] = row.rate.millionths();
    }
    std::vector<std::string> codes;
    for (const TopUpCode& row : tariff.top_up_codes) {
        codes.push_back(fmt::format("({}, {}, {}, {}, {})", sql_text(row.code), row.is_procedure,
                                    sql_text(row.service_id), sql_text(row.age_criteria),
                                    rates.at(row.service_id)));
    }
    fill_table(database, "top_up_code",
               "code varchar, is_procedure boolean, service varchar, ages varchar, rate bigint",
               codes);
    std::set<std::string> listed;
    std::vector<std::string> eligible;
    const auto add = [&eligible](const std::string& service, const std::string& provider) {
        eligible.push_back(fmt::format("({}, {})", sql_text(service), sql_text(provider)));
    };
    for (const TopUpProvider& row : tariff.top_up_providers) {
        listed.insert(row.service_id);
        add(row.service_id, row.provider.text());
    }
    for (const auto& [service, rate] : rates) {
        if (listed.contains(service)) continue;
        for (const auto& [provider, factor] : tariff.market_forces) add(service, provider.text());
    }
    fill_table(database, "top_up_provider", "service varchar, provider varchar", eligible);
}

void fill_unbundled(Database& database, const Tariff& tariff) {
    std::vector<std::string> rows;
    for (const auto& [hrg, price] : tariff.unbundled) {
        const bool therapy =
            price.kind == UnbundledKind::chemotherapy || price.kind == UnbundledKind::radiotherapy;
        if (!price.price || (!therapy && price.kind != UnbundledKind::other)) continue;
        rows.push_back(
            fmt::format("({}, {}, {})", sql_text(hrg.text()), therapy, price.price->count()));
    }
    fill_table(database, "unbundled_price", "code varchar, therapy boolean, price bigint", rows);
}

// Whether the field, given as an expression, meets the rule.
std::string condition(const ExclusionRule& rule, const std::string& field) {
    std::vector<std::string> conditions;
    std::vector<std::string> exact;
    for (const std::string& code : rule.codes) {
        if (code.ends_with('*')) {
            conditions.push_back(fmt::format("coalesce(starts_with({}, {}), false)", field,
                                             sql_text(code.substr(0, code.size() - 1))));
        } else {
            exact.push_back(sql_text(code));
        }
    }
    if (!exact.empty()) {
        conditions.push_back(
            fmt::format("coalesce({} in ({}), false)", field, fmt::join(exact, ", ")));
    }
    if (rule.when_absent) conditions.push_back(field + " is null");
    return conditions.empty() ? "false" : fmt::format("{}", fmt::join(conditions, " or "));
}

bool belongs_to_episode(const std::string& field) {
    return field == "administrative_category" || field == "main_specialty" ||
           field == "treatment_function" || field == "excluded_by_provider";
}

// Any of the rules on an episode's fields (or on the others), read from those expressions.
std::string any_rule(const PricingRules& rules, bool of_episodes,
                     const std::function<std::string(const std::string&)>& expression) {
    std::vector<std::string> conditions = {"false"};
    for (const ExclusionRule& rule : rules.exclusions) {
        if (std::ranges::find(rule.data_sets, DataSet::admitted_care) == rule.data_sets.end() ||
            belongs_to_episode(rule.field) != of_episodes) {
            continue;
        }
        CHECK(!rule.field.empty());
        if (rule.field == "excluded_by_provider") {
            CHECK(rule.codes == std::vector<std::string>{"1"});
            conditions.push_back(expression(rule.field));
        } else {
            conditions.push_back(condition(rule, expression(rule.field)));
        }
    }
    return fmt::format("({})", fmt::join(conditions, " or "));
}

// What an episode carries excludes the spell only where it excludes every episode.
std::string excluded_sql(const PricingRules& rules) {
    const auto of_spell = [](const std::string& field) {
        return field == "excluded_by_provider" ? "coalesce(excluded_by_provider, false)" : field;
    };
    const auto of_listed = [](const std::string& field) -> std::string {
        if (field == "treatment_function") return "nullif(split_part(e, '/', 1), '')";
        if (field == "main_specialty") return "nullif(split_part(e, '/', 2), '')";
        if (field == "administrative_category") return "nullif(split_part(e, '/', 3), '')";
        return "split_part(e, '/', 4) not in ('', '0')";
    };
    return fmt::format(
        "({} or case when episode_rules is null then {} else "
        "list_bool_and(list_transform(string_split(episode_rules, ';'), lambda e: {})) end)",
        any_rule(rules, false, of_spell), any_rule(rules, true, of_spell),
        any_rule(rules, true, of_listed));
}

// Of each spell that has one the highest rate, by its flags or by its diagnoses and procedures.
// Lists name beginnings of codes: one join for each length of them.
std::string top_ups_sql(const PriceBook& book, const std::string& scan) {
    std::set<std::size_t> lengths;
    for (const TopUpCode& row : book.tariff().top_up_codes) lengths.insert(row.code.size());
    std::string by_codes;
    for (const std::size_t length : lengths) {
        by_codes += fmt::format(
            " union all select coded.line, t.rate from coded join top_up_code t on t.code = "
            "left(coded.code, {0}) and length(t.code) = {0} and t.is_procedure = "
            "coded.is_procedure join top_up_provider e on e.service = t.service and e.provider = "
            "coded.provider where t.ages = '' or (t.ages = 'Child' and coded.age < {1}) or "
            "(t.ages = 'Adult' and coded.age >= {1})",
            length, book.rules().child_under_age);
    }
    return fmt::format(
        "coded as (select line, provider, age, false as is_procedure, "
        "unnest(string_split(diagnoses, ';')) as code from {0} where diagnoses is not null "
        "union all select line, provider, age, true, unnest(string_split(procedures, ';')) from "
        "{0} where procedures is not null), "
        "topped_up as (select line, max(rate) as rate from (select line, rate from (select line, "
        "unnest(string_split(specialised_flags, ';')) as flag from {0} where specialised_flags is "
        "not null) join top_up_flag using (flag){1}) group by line)",
        scan, by_codes);
}

std::string unbundled_sql(const std::string& scan) {
    return fmt::format(
        "unbundled as (select line, sum(paid) filter (therapy) as therapy, sum(paid) filter (not "
        "therapy) as other from (select line, therapy, (price * mff + 500000) // 1000000 as paid "
        "from (select line, provider, unnest(string_split(unbundled_hrgs, ';')) as code from {} "
        "where unbundled_hrgs is not null) join unbundled_price using (code) join factor on "
        "factor_provider = provider) group by line)",
        scan);
}

constexpr std::string_view type_sql =
    "case when patient_classification in ('3', '4') then 'regular' when patient_classification = "
    "'2' and coalesce(method_type, '') not like 'non_elective%' then 'day_case' else "
    "coalesce(method_type, 'other') end";

constexpr std::string_view best_sql =
    "case when best is not null then list_filter(best, lambda b: case type when 'day_case' then "
    "b.day_case when 'elective' then b.elective when 'non_elective_emergency' then b.non_elective "
    "when 'non_elective_other' then b.non_elective end is not null and (not b.emergency_only or "
    "type = 'non_elective_emergency' or (b.transfers_too and coalesce(admission_method = '81', "
    "false))) and ((b.least_age <= 0 and b.most_age >= 999) or coalesce(age between b.least_age "
    "and b.most_age, false)) and days between b.least_days and b.most_days and (b.flag = '' or "
    "coalesce(list_contains(string_split(best_practice_flags, ';'), b.flag), false)))[1] end";

void check_rules_are_as_written(const PricingRules& rules) {
    CHECK(!rules.top_ups_stack && !rules.top_up_on_excess_days);
    CHECK(rules.class_5_by_method && !rules.delayed_discharge_days_taken_out);
    CHECK(rules.day_case_with_nights == AdmissionType::day_case);
    CHECK(rules.day_case_non_elective == AdmissionType::non_elective_emergency);
}

}  // namespace

void fill_price_tables(Database& database, const PriceBook& book) {
    fill_prices(database, book);
    fill_factors(database, book);
    fill_top_ups(database, book.tariff());
    fill_unbundled(database, book.tariff());
}

std::string plain_sql(const PriceBook& book, const std::string& scan) {
    const PricingRules& rules = book.rules();
    check_rules_are_as_written(rules);
    return fmt::format(
        "with {top_ups}, {unbundled}, "
        "record as (select r.*, p.* exclude (day_case, elective, non_elective), "
        "p.day_case as day_case_price, p.elective as elective_price, p.non_elective as "
        "non_elective_price, f.mff, coalesce(t.rate, 0) as rate, u.therapy, u.other, "
        "greatest(date_diff('day', admission_date, discharge_date) - "
        "coalesce(critical_care_days, 0) - coalesce(rehabilitation_days, 0) - "
        "coalesce(palliative_days, 0), 0) as days, {type} as type from {scan} r "
        "left join price p on p.price_hrg = r.hrg left join factor f on f.factor_provider = "
        "r.provider left join method m on m.method_code = r.admission_method left join topped_up t "
        "on t.line = r.line left join unbundled u on u.line = r.line where not {excluded} "
        "and admission_date is not null and discharge_date >= admission_date and price_hrg is not "
        "null), "
        "picked as (select *, {best} as chosen, case type when 'day_case' then day_case_price when "
        "'elective' then elective_price when 'non_elective_emergency' then non_elective_price when "
        "'non_elective_other' then non_elective_price end as listed, case when type in "
        "('day_case', 'elective', 'regular') then elective_trim else non_elective_trim end as trim "
        "from record), "
        "based as (select *, coalesce(case type when 'day_case' then chosen.day_case when "
        "'elective' then chosen.elective when 'non_elective_emergency' then chosen.non_elective "
        "when 'non_elective_other' then chosen.non_elective end, listed) as base, case when chosen "
        "is null or (chosen.short_stay is null and chosen.short_stay_kept) then short_stay else "
        "chosen.short_stay end as short from picked), "
        "summed as (select *, case when type = 'non_elective_emergency' and days < {under} and age "
        ">= {adult} and short is not null then short else base end as initial, case when trim is "
        "not null and days > trim then (days - trim) * coalesce(per_day, 0) else 0 end as excess, "
        "coalesce(other, 0) + case when type in ('day_case', 'regular') then coalesce(therapy, 0) "
        "else 0 end as beside from based) "
        "select line, (case when zero then beside when type = 'other' then 0 when initial is null "
        "then beside when initial + excess = 0 then beside when mff is null then 0 when rate = 0 "
        "then ((initial + excess) * mff + 500000) // 1000000 + beside else (((initial + "
        "excess)::hugeint * 1000000 + initial::hugeint * rate) * mff + 500000000000) // "
        "1000000000000 + beside end)::bigint as price from summed",
        fmt::arg("top_ups", top_ups_sql(book, scan)), fmt::arg("unbundled", unbundled_sql(scan)),
        fmt::arg("type", type_sql), fmt::arg("best", best_sql),
        fmt::arg("excluded", excluded_sql(rules)), fmt::arg("scan", scan),
        fmt::arg("under", rules.short_stay_under_days),
        fmt::arg("adult", rules.short_stay_least_age));
}

std::string doubles_sql(const std::string& scan) {
    return "select sum(round(price * mff / 100.0, 2) * 100)::bigint from (select "
           "p.elective::double as price, f.mff / 1000000.0 as mff from " +
           scan +
           " r join price p on p.price_hrg = r.hrg join factor f on f.factor_provider = r.provider "
           "where p.elective is not null)";
}

std::string whole_pence_sql(const std::string& scan) {
    return "select sum((p.elective * f.mff + 500000) // 1000000)::bigint from " + scan +
           " r join price p on p.price_hrg = r.hrg join factor f on f.factor_provider = r.provider "
           "where p.elective is not null";
}

}  // namespace purse
