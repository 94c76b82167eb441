#include "register/organisations.hpp"

#include <algorithm>

#include "register/keyed_rows.hpp"
#include "register/state.hpp"

namespace purse {

namespace {

constexpr std::string_view always = "1 = 1";

const KeyedTable practice_table{"practice",
                                {"code"},
                                {"name", "opened", "closed", "status", "setting", "postcode"},
                                "excluded.status = ''"};
const KeyedTable provider_table{
    "provider", {"code"}, {"name", "opened", "closed", "postcode"}, always};
const KeyedTable commissioner_table{"commissioner", {"code"}, {"name", "parent"}, always};
const KeyedTable network_table{
    "network", {"code"}, {"name", "opened", "closed", "commissioner"}, always};
const KeyedTable membership_table{
    "membership", {"practice", "kind", "parent", "first_day"}, {"last_day"}, ""};
const KeyedTable succession_table{"succession", {"practice", "successor"}, {"first_day"}, ""};
const KeyedTable merger_table{"named_merger", {"practice"}, {"successor_name"}, ""};
const KeyedTable provider_succession_table{
    "provider_succession", {"provider", "successor"}, {"first_day"}, ""};
const KeyedTable commissioner_succession_table{
    "commissioner_succession", {"commissioner", "successor"}, {"percent"}, ""};
const KeyedTable list_table{
    "list_size", {"practice", "as_at", "sex", "age_from", "age_to"}, {"thousandths"}, ""};
const KeyedTable weighted_table{"weighted_list", {"practice", "as_at"}, {"thousandths"}, ""};

std::string day(const std::optional<Date>& date) { return date ? to_text(*date) : ""; }

std::optional<Date> day_in(const SqlRow& row, std::size_t column) {
    const std::string& text = text_in(row, column);
    if (text.empty()) return std::nullopt;
    return stored(parse_date(text));
}

std::string letter(char c) { return c == ' ' ? "" : std::string(1, c); }

std::string_view name_of(MembershipKind kind) {
    return kind == MembershipKind::commissioner ? "commissioner" : "network";
}

template <class Item, class Columns>
std::vector<SqlRow> rows_of(const std::vector<Item>& items, Columns columns) {
    std::vector<SqlRow> rows;
    rows.reserve(items.size());
    for (const Item& item : items) rows.push_back(columns(item));
    return rows;
}

void put_bodies(Session& session, const OrganisationFile& file, FileNumber number) {
    put(session, practice_table, number, rows_of(file.practices, [](const Practice& one) {
            const auto setting = one.prescribing_setting;
            return SqlRow{one.code.text(),    one.name,
                          day(one.open),      day(one.close),
                          letter(one.status), setting ? std::to_string(*setting) : std::string(),
                          one.postcode};
        }));
    put(session, provider_table, number, rows_of(file.providers, [](const Provider& one) {
            return SqlRow{one.code.text(), one.name, day(one.open), day(one.close), one.postcode};
        }));
    put(session, commissioner_table, number,
        rows_of(file.commissioners, [](const Commissioner& one) {
            return SqlRow{one.code.text(), one.name, one.parent};
        }));
    put(session, network_table, number, rows_of(file.networks, [](const Network& one) {
            return SqlRow{one.code.text(), one.name, day(one.open), day(one.close),
                          one.commissioner.text()};
        }));
}

void put_bonds(Session& session, const OrganisationFile& file, FileNumber number) {
    put(session, membership_table, number, rows_of(file.memberships, [](const Membership& one) {
            return SqlRow{one.practice.text(), std::string(name_of(one.kind)), one.parent,
                          day(one.period.from), day(one.period.to)};
        }));
    put(session, succession_table, number, rows_of(file.successions, [](const Succession& one) {
            return SqlRow{one.practice.text(), one.successor.text(), to_text(one.from)};
        }));
    put(session, merger_table, number, rows_of(file.named_mergers, [](const NamedMerger& one) {
            return SqlRow{one.practice.text(), one.successor_name};
        }));
    put(session, provider_succession_table, number,
        rows_of(file.provider_successions, [](const ProviderSuccession& one) {
            return SqlRow{one.provider.text(), one.successor.text(), to_text(one.from)};
        }));
    put(session, commissioner_succession_table, number,
        rows_of(file.commissioner_successions, [](const CommissionerSuccession& one) {
            return SqlRow{one.commissioner.text(), one.successor.text(), one.percent};
        }));
}

// Every row of a table as values, in the order of its keys: the databases may sort texts by
// different alphabets.
template <class Item, class Make>
std::vector<Item> items_of(Session& session, const KeyedTable& table, std::string_view types,
                           Make make) {
    std::string columns;
    for (const auto& names : {table.keys, table.others}) {
        for (const std::string_view name : names) {
            columns += (columns.empty() ? "" : ", ") + std::string(name);
        }
    }
    auto rows = session.rows("select " + columns + " from " + std::string(table.name), types);
    std::sort(rows.begin(), rows.end());
    std::vector<Item> items;
    items.reserve(rows.size());
    for (const SqlRow& row : rows) items.push_back(make(row));
    return items;
}

Practice practice_in(const SqlRow& row) {
    const std::string& status = text_in(row, 4);
    const std::string& setting = text_in(row, 5);
    return {
        .code = PracticeCode(text_in(row, 0)),
        .name = text_in(row, 1),
        .open = day_in(row, 2),
        .close = day_in(row, 3),
        .status = status.empty() ? ' ' : status.front(),
        .prescribing_setting = setting.empty() ? std::nullopt : std::optional(std::stoi(setting)),
        .postcode = text_in(row, 6)};
}

void read_bodies(Session& session, Organisations& all) {
    all.practices = items_of<Practice>(session, practice_table, "ttttttt", practice_in);
    all.providers =
        items_of<Provider>(session, provider_table, "ttttt", [](const SqlRow& row) -> Provider {
            return {ProviderCode(text_in(row, 0)), text_in(row, 1), day_in(row, 2), day_in(row, 3),
                    text_in(row, 4)};
        });
    all.commissioners = items_of<Commissioner>(
        session, commissioner_table, "ttt", [](const SqlRow& row) -> Commissioner {
            return {CommissionerCode(text_in(row, 0)), text_in(row, 1), text_in(row, 2)};
        });
    all.networks =
        items_of<Network>(session, network_table, "ttttt", [](const SqlRow& row) -> Network {
            return {NetworkCode(text_in(row, 0)), text_in(row, 1), day_in(row, 2), day_in(row, 3),
                    CommissionerCode(text_in(row, 4))};
        });
}

void read_bonds(Session& session, Organisations& all) {
    all.memberships = items_of<Membership>(
        session, membership_table, "ttttt", [](const SqlRow& row) -> Membership {
            const bool commissioner = text_in(row, 1) == name_of(MembershipKind::commissioner);
            return {PracticeCode(text_in(row, 0)),
                    commissioner ? MembershipKind::commissioner : MembershipKind::network,
                    text_in(row, 2),
                    {day_in(row, 3), day_in(row, 4)}};
        });
    all.successions =
        items_of<Succession>(session, succession_table, "ttt", [](const SqlRow& row) -> Succession {
            return {PracticeCode(text_in(row, 0)), PracticeCode(text_in(row, 1)),
                    stored(parse_date(text_in(row, 2)))};
        });
    all.named_mergers =
        items_of<NamedMerger>(session, merger_table, "tt", [](const SqlRow& row) -> NamedMerger {
            return {PracticeCode(text_in(row, 0)), text_in(row, 1)};
        });
    all.provider_successions = items_of<ProviderSuccession>(
        session, provider_succession_table, "ttt", [](const SqlRow& row) -> ProviderSuccession {
            return {ProviderCode(text_in(row, 0)), ProviderCode(text_in(row, 1)),
                    stored(parse_date(text_in(row, 2)))};
        });
    all.commissioner_successions = items_of<CommissionerSuccession>(
        session, commissioner_succession_table, "ttt",
        [](const SqlRow& row) -> CommissionerSuccession {
            return {CommissionerCode(text_in(row, 0)), CommissionerCode(text_in(row, 1)),
                    text_in(row, 2)};
        });
}

}  // namespace

Result<Imported> Register::import_organisations(const NewImport& file,
                                                const OrganisationFile& content) {
    return state_->store.write("import organisations", [&](Session& session) -> Result<Imported> {
        if (const auto before = find_imported(session, file)) return Imported{*before, true};
        const ImportedFile added = add_import(session, file);
        put_bodies(session, content, added.number);
        put_bonds(session, content, added.number);
        add_to_trail(session, actor_,
                     {"import_organisations", file.about, "from " + file.file_name},
                     file.imported_at);
        return Imported{added, false};
    });
}

Organisations Register::organisations() const {
    return state_->store.read("read its organisations", [](Session& session) {
        Organisations all;
        read_bodies(session, all);
        read_bonds(session, all);
        return all;
    });
}

Result<Imported> Register::import_lists(const NewImport& file, const ListFile& content) {
    return state_->store.write("import lists", [&](Session& session) -> Result<Imported> {
        if (const auto before = find_imported(session, file)) return Imported{*before, true};
        const ImportedFile added = add_import(session, file);
        put(session, list_table, added.number, rows_of(content.sizes, [](const ListSize& one) {
                return SqlRow{one.practice.text(),       to_text(one.as_at),
                              std::string(1, one.sex),   std::int64_t{one.ages.from},
                              std::int64_t{one.ages.to}, one.patients.thousandths()};
            }));
        put(session, weighted_table, added.number,
            rows_of(content.weighted, [](const WeightedList& one) {
                return SqlRow{one.practice.text(), to_text(one.as_at), one.patients.thousandths()};
            }));
        add_to_trail(session, actor_,
                     {"import_organisations", file.about, "lists from " + file.file_name},
                     file.imported_at);
        return Imported{added, false};
    });
}

KnownLists Register::lists() const {
    return state_->store.read("read its lists", [](Session& session) {
        KnownLists all;
        all.sizes =
            items_of<ListSize>(session, list_table, "tttnnn", [](const SqlRow& row) -> ListSize {
                return {PracticeCode(text_in(row, 0)),
                        stored(parse_date(text_in(row, 1))),
                        text_in(row, 2).front(),
                        {static_cast<int>(number_in(row, 3)), static_cast<int>(number_in(row, 4))},
                        Patients::from_thousandths(number_in(row, 5))};
            });
        all.weighted = items_of<WeightedList>(
            session, weighted_table, "ttn", [](const SqlRow& row) -> WeightedList {
                return {PracticeCode(text_in(row, 0)), stored(parse_date(text_in(row, 1))),
                        Patients::from_thousandths(number_in(row, 2))};
            });
        return all;
    });
}

}  // namespace purse
