#include "bench_tariff.hpp"

#include "rulebook/tariff_files.hpp"

namespace purse {

namespace {

std::string hrg_code(int i) {
    return fmt::format("{}{}{:02}Z", static_cast<char>('A' + i / 100),
                       static_cast<char>('A' + i % 7), i % 100);
}

AdmittedPrice admitted_price(int i) {
    AdmittedPrice price;
    price.combined = pounds(300 + i * 7 % 6000);
    price.elective_trim_days = 5 + i % 40;
    if (i % 50 != 0) price.non_elective = pounds(500 + i * 11 % 8000);
    price.non_elective_trim_days = 6 + i % 60;
    price.long_stay_per_day = pounds(180 + i % 90);
    price.short_stay_applies = i % 2 == 0 && price.non_elective;
    if (price.short_stay_applies) price.short_stay_emergency = pounds(200 + i * 3 % 2500);
    return price;
}

// Of every fifteenth HRG: one price that a flag brings, one that the HRG alone does.
void add_best_practice(Tariff& tariff, int i) {
    BestPracticePrice flagged;
    flagged.hrg = Hrg(hrg_code(i));
    flagged.section = "made up";
    flagged.flag = fmt::format("BP{:02}", i % 4);
    flagged.day_case = flagged.elective = pounds(350 + i);
    flagged.non_elective = pounds(600 + i);
    flagged.least_age = i % 2 == 0 ? 19 : 0;
    flagged.automated = true;
    BestPracticePrice by_hrg = flagged;
    by_hrg.flag = "";
    by_hrg.day_case = by_hrg.elective = std::nullopt;
    by_hrg.short_stay_emergency = i % 2 == 0 ? std::optional(pounds(250 + i)) : std::nullopt;
    by_hrg.short_stay_kept = i % 3 == 0;
    by_hrg.most_stay_days = 3;
    by_hrg.emergency_only = true;
    by_hrg.transfers_too = i % 4 == 0;
    tariff.best_practice.push_back(by_hrg);
    tariff.best_practice.push_back(flagged);
}

void add_top_ups(Tariff& tariff) {
    for (int i = 0; i < 20; ++i) {
        tariff.top_up_flags.push_back({.flag = fmt::format("NCBPS{:02}Z", i),
                                       .description = "",
                                       .rate = Factor(100'000 + i * 31'000),
                                       .source = {}});
    }
    const auto service = [&](const char* id, std::int64_t rate, int first_provider) {
        tariff.top_up_services.push_back({id, "", Factor(rate), {}});
        for (int i = first_provider; i < 40; i += 4) {
            tariff.top_up_providers.push_back({id, ProviderCode(fmt::format("R{:02}", i)), {}});
        }
    };
    service("1", 320'000, 0);
    service("2", 240'000, 1);
    service("3", 110'000, 2);
    for (int i = 0; i < 60; ++i) {
        tariff.top_up_codes.push_back({fmt::format("I{:02}", 20 + i), false, "1", "", {}});
        tariff.top_up_codes.push_back({fmt::format("I1{:02}", 10 + i), false, "2", "Child", {}});
        tariff.top_up_codes.push_back({fmt::format("W{:02}1", 30 + i), true, "3", "Adult", {}});
    }
}

void add_unbundled(Tariff& tariff) {
    constexpr UnbundledKind kinds[] = {UnbundledKind::imaging, UnbundledKind::chemotherapy,
                                       UnbundledKind::other};
    for (int i = 0; i < 30; ++i) {
        UnbundledPrice& price = tariff.unbundled[Hrg(fmt::format("SB{:02}Z", i))];
        price.kind = kinds[i % 3];
        if (i % 10 != 0) price.price = pounds(60 + 13 * i);
    }
}

Tariff made_up_tariff() {
    Tariff tariff;
    tariff.year = FinancialYear(2017);
    tariff.label = "made-up prices for measuring";
    for (int i = 0; i < 1200; ++i) {
        tariff.admitted[Hrg(hrg_code(i))] = admitted_price(i);
        if (i % 15 == 0) add_best_practice(tariff, i);
    }
    for (int i = 0; i < 150; ++i) {
        tariff.market_forces[ProviderCode(fmt::format("R{:02}", i % 100) + (i < 100 ? "" : "X"))]
            .factor = Factor(1'000'000 + i * 1987);
    }
    add_top_ups(tariff);
    add_unbundled(tariff);
    return tariff;
}

std::string draw(int salt, std::int64_t bound) {
    return fmt::format("(hash(i, {}) % {})::bigint", salt, bound);
}

std::string pick(int salt, const std::vector<std::string>& from) {
    return fmt::format("list_extract([{}], {} + 1)", fmt::join(from, ", "),
                       draw(salt, static_cast<std::int64_t>(from.size())));
}

// One of the codes, and of a quarter of the records that have one, two.
std::string pick_some(int salt, const std::vector<std::string>& from, int of_a_thousand) {
    if (from.empty()) return "null::varchar";
    return fmt::format(
        "case when {0} < {1} then {2} || case when {0} % 4 = 0 then ';' || {3} else "
        "'' end end",
        draw(salt, 1000), of_a_thousand, pick(salt + 100, from), pick(salt + 200, from));
}

std::vector<std::string> quoted(std::vector<std::string> codes) {
    for (std::string& code : codes) code = sql_text(code);
    return codes;
}

// Codes of the tariff, as SQL.
struct TariffCodes {
    std::vector<std::string> hrgs, popular_hrgs, providers, best_practice, specialised, unbundled;
};

TariffCodes codes_of(const Tariff& tariff) {
    TariffCodes codes;
    for (const auto& [hrg, price] : tariff.admitted) {
        if (price.combined || price.non_elective) codes.hrgs.push_back(sql_text(hrg.text()));
    }
    codes.popular_hrgs.assign(
        codes.hrgs.begin(),
        codes.hrgs.begin() + static_cast<std::ptrdiff_t>(codes.hrgs.size() / 5 + 1));
    for (const auto& [provider, factor] : tariff.market_forces) {
        if (codes.providers.size() < 40) codes.providers.push_back(sql_text(provider.text()));
    }
    for (const auto& row : tariff.best_practice) {
        if (!row.flag.empty()) codes.best_practice.push_back(sql_text(row.flag));
    }
    for (const auto& row : tariff.top_up_flags) codes.specialised.push_back(sql_text(row.flag));
    for (const auto& [hrg, row] : tariff.unbundled) codes.unbundled.push_back(sql_text(hrg.text()));
    return codes;
}

std::map<std::string, std::string, std::less<>> spell_columns_sql(const TariffCodes& codes) {
    const std::vector<std::string> specialties =
        quoted({"100", "101", "110", "120", "130", "140", "150", "160", "170", "171",
                "180", "190", "300", "301", "302", "303", "310", "311", "314", "315",
                "320", "330", "340", "350", "360", "361", "370", "400", "410", "430"});
    const std::vector<std::string> functions =
        quoted({"100", "101", "103", "104", "106", "107", "108", "110", "120", "130",
                "140", "150", "160", "170", "171", "180", "190", "191", "300", "301",
                "302", "303", "306", "307", "314", "315", "320", "330", "340", "350"});
    const std::vector<std::string> episodes =
        quoted({"100/100/01/0;300/300/01/0", "711/711/01/0;711/711/01/0",
                "110/110/01/0;110/110/02/0", "301/301/01/0;301/301/01/0;430/430/01/0"});
    return {
        {"record_id", "(100000000000 + i)::varchar"},
        {"spell_id", "'S' || (100000000000 + i)::varchar"},
        {"line", "i + 2"},
        {"costing_date", "discharged"},
        {"patient", "null::uuid"},
        {"practice", fmt::format("'A8' || (1001 + {} * 3)::varchar", draw(1, 60))},
        {"provider", pick(2, codes.providers)},
        {"commissioner", "'5D9'"},
        {"sex", fmt::format("(1 + {})::varchar", draw(3, 2))},
        {"age", draw(4, 100)},
        {"admission_date", "admitted"},
        {"discharge_date", "discharged"},
        {"episodes", "1::bigint"},
        {"admission_method", "method"},
        {"patient_classification", "case when day_case then '2' else '1' end"},
        {"administrative_category",
         fmt::format("case when {} = 0 then '02' else '01' end", draw(5, 80))},
        {"discharge_method", "'1'"},
        {"main_specialty", pick(6, specialties)},
        {"treatment_function", pick(7, functions)},
        {"hrg", fmt::format("case when {} < 80 then {} else {} end", draw(8, 100),
                            pick(9, codes.popular_hrgs), pick(10, codes.hrgs))},
        {"critical_care_days", fmt::format("case when {} = 0 then 2 end::bigint", draw(11, 50))},
        {"excluded_by_provider", fmt::format("{} = 0", draw(12, 200))},
        {"best_practice_flags", pick_some(26, codes.best_practice, 50)},
        {"specialised_flags", pick_some(13, codes.specialised, 25)},
        {"diagnoses", fmt::format("'I' || (10 + {})::varchar || ';E119'", draw(15, 890))},
        {"procedures", fmt::format("case when {} < 33 then 'W' || (10 + {})::varchar || '1;Z942' "
                                   "end",
                                   draw(16, 100), draw(17, 90))},
        {"unbundled_hrgs", pick_some(18, codes.unbundled, 50)},
        {"episode_rules",
         fmt::format("case when {} < 5 then {} end", draw(19, 100), pick(27, episodes))},
    };
}

}  // namespace

Tariff bench_tariff(const Settings& settings) {
    if (settings.tariff_folder.empty()) return made_up_tariff();
    return required(read_tariff_folder(settings.tariff_folder, FinancialYear(2017))).tariff;
}

PriceBook bench_book(const Settings& settings) {
    return required(PriceBook::compile(
        bench_tariff(settings),
        required(read_pricing_rules(settings.rules_folder, FinancialYear(2017)))));
}

void write_bench_spells(Database& database, const PriceBook& book, std::int64_t rows,
                        const std::filesystem::path& out) {
    const auto made = spell_columns_sql(codes_of(book.tariff()));
    std::string columns;
    for (const StoredColumn& stored : stored_columns(DataSet::admitted_care)) {
        const auto found = made.find(stored.name);
        const std::string type = stored.type == ColumnType::text     ? "varchar"
                                 : stored.type == ColumnType::number ? "bigint"
                                                                     : "boolean";
        columns += (columns.empty() ? "" : ", ") +
                   fmt::format("{} as {}", found != made.end() ? found->second : "null::" + type,
                               stored.name);
    }
    database.run("generate records",
                 fmt::format("copy (select {} from (select *, admitted + stay as discharged from "
                             "(select i, date '2017-06-01' + ({})::integer as admitted, "
                             "{} < 40 as day_case, case when {} < 40 or {} < 25 then '11' else "
                             "'21' end as method, case when {} < 40 then 0 else "
                             "least({}, {} * {} // 20) end::integer as stay from range({}) t(i)))) "
                             "to {} (format parquet, row_group_size 122880)",
                             columns, draw(20, 30), draw(21, 100), draw(21, 100), draw(22, 100),
                             draw(21, 100), draw(23, 12), draw(24, 60), draw(25, 60), rows,
                             sql_text(out.string())));
}

}  // namespace purse
