#include "organisation/organisation_layouts.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>

#include "calendar/month.hpp"

namespace purse {

namespace {

constexpr std::array<std::string_view, ods_columns> epraccur = {"organisation_code",
                                                                "name",
                                                                "national_grouping",
                                                                "high_level_health_geography",
                                                                "address_1",
                                                                "address_2",
                                                                "address_3",
                                                                "address_4",
                                                                "address_5",
                                                                "postcode",
                                                                "open_date",
                                                                "close_date",
                                                                "status_code",
                                                                "organisation_sub_type_code",
                                                                "commissioner",
                                                                "join_provider_date",
                                                                "left_provider_date",
                                                                "telephone",
                                                                "null_1",
                                                                "null_2",
                                                                "null_3",
                                                                "amended_record_indicator",
                                                                "null_4",
                                                                "provider_purchaser",
                                                                "null_5",
                                                                "prescribing_setting",
                                                                "null_6"};
constexpr std::array<std::string_view, ods_columns> trusts = {"organisation_code",
                                                              "name",
                                                              "national_grouping",
                                                              "high_level_health_geography",
                                                              "address_1",
                                                              "address_2",
                                                              "address_3",
                                                              "address_4",
                                                              "address_5",
                                                              "postcode",
                                                              "open_date",
                                                              "close_date",
                                                              "null_1",
                                                              "null_2",
                                                              "null_3",
                                                              "null_4",
                                                              "null_5",
                                                              "contact_telephone",
                                                              "null_6",
                                                              "null_7",
                                                              "null_8",
                                                              "amended_record_indicator",
                                                              "null_9",
                                                              "gor_code",
                                                              "null_10",
                                                              "null_11",
                                                              "null_12"};

// Calls `read` with every row; the rows it refused are the unread ones.
template <class Read>
void each_row(const TextTable& table, OrganisationFile& file, Read read) {
    for (const TextTable::Row& cells : table.rows) {
        PublishedRow row(table, cells);
        read(row);
        if (row.fault()) file.unread.push_back(*row.fault());
    }
}

using Place = std::optional<std::size_t>;

Period period(PublishedRow& row, Place from, Place to) {
    const Period read{row.date(from), row.date(to)};
    if (read.from && read.to && *read.to < *read.from) {
        row.refuse(to, fmt::format("{} is before {}, the day it began: correct one of the two",
                                   to_text(*read.to), to_text(*read.from)));
    }
    return read;
}

std::optional<int> number(PublishedRow& row, Place place) {
    const std::string& text = row.text(place);
    if (text.empty()) return std::nullopt;
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc() && end == text.data() + text.size() && value >= 0) return value;
    row.refuse(place,
               fmt::format("'{}' is not a prescribing setting: give its number, as 4", text));
    return std::nullopt;
}

char status(PublishedRow& row, Place place) {
    const std::string& text = row.text(place);
    if (text.empty()) return ' ';
    if (text.size() == 1 && std::string_view("ACDP").find(text[0]) != std::string_view::npos) {
        return text[0];
    }
    row.refuse(place, fmt::format("'{}' is not a status: A (active), C (closed), D (dormant) or P "
                                  "(proposed)",
                                  text));
    return ' ';
}

void read_epraccur(const TextTable& table, OrganisationFile& file) {
    const auto at = [&](std::string_view heading) { return place_of(table, {heading}); };
    const Place code = at("organisation_code"), name = at("name"), open = at("open_date"),
                close = at("close_date"), state = at("status_code"), parent = at("commissioner"),
                joined = at("join_provider_date"), left = at("left_provider_date"),
                setting = at("prescribing_setting"), postcode = at("postcode");
    each_row(table, file, [&](PublishedRow& row) {
        const auto life = period(row, open, close);
        const Practice practice{
            row.code<PracticeCode>(code), row.text(name),       life.from,         life.to,
            status(row, state),           number(row, setting), row.text(postcode)};
        Membership membership{practice.code, MembershipKind::commissioner,
                              row.code_text(parent, false), period(row, joined, left)};
        if (!membership.period.to) membership.period.to = practice.close;
        if (!row.good()) return;
        file.practices.push_back(practice);
        if (!membership.parent.empty()) file.memberships.push_back(membership);
    });
}

void read_trusts(const TextTable& table, OrganisationFile& file) {
    const auto at = [&](std::string_view heading) { return place_of(table, {heading}); };
    const Place code = at("organisation_code"), name = at("name"), open = at("open_date"),
                close = at("close_date"), postcode = at("postcode");
    each_row(table, file, [&](PublishedRow& row) {
        const auto life = period(row, open, close);
        const Provider trust{row.code<ProviderCode>(code), row.text(name), life.from, life.to,
                             row.text(postcode)};
        if (row.good()) file.providers.push_back(trust);
    });
}

void read_trust_mergers(const TextTable& table, OrganisationFile& file) {
    const Place before = place_of(table, {"trust_code_old"});
    const Place after = place_of(table, {"trust_code_new"});
    const Place from = place_of(table, {"from_date"});
    each_row(table, file, [&](PublishedRow& row) {
        const ProviderSuccession succession{row.code<ProviderCode>(before),
                                            row.code<ProviderCode>(after),
                                            row.date_required(*from)};
        if (row.good()) file.provider_successions.push_back(succession);
    });
}

// Commissioners and networks are named on many rows: each is kept once, at its first.
template <class T>
void keep_once(std::vector<T>& kept, std::set<std::string>& seen, T value) {
    if (!value.code.empty() && seen.insert(value.code.text()).second) {
        kept.push_back(std::move(value));
    }
}

void read_pcts(const TextTable& table, OrganisationFile& file) {
    const Place code = place_of(table, {"pct_code"}), name = place_of(table, {"pct_name"}),
                sha = place_of(table, {"sha_code"});
    each_row(table, file, [&](PublishedRow& row) {
        const Commissioner pct{row.code<CommissionerCode>(code), row.text(name),
                               row.code_text(sha, true)};
        if (row.good()) file.commissioners.push_back(pct);
    });
}

void read_pct_to_ccg(const TextTable& table, OrganisationFile& file) {
    const Place pct = place_of(table, {"pct_code"}), ccg = place_of(table, {"ccg_code"}),
                name = place_of(table, {"ccg_name"}),
                share = place_of(table, {"pct_postcodes_percent"});
    std::set<std::string> seen;
    each_row(table, file, [&](PublishedRow& row) {
        const CommissionerSuccession succession{row.code<CommissionerCode>(pct),
                                                row.code<CommissionerCode>(ccg), row.text(share)};
        if (!row.good()) return;
        file.commissioner_successions.push_back(succession);
        keep_once(file.commissioners, seen, Commissioner{succession.successor, row.text(name), ""});
    });
}

void read_ccg_to_icb(const TextTable& table, OrganisationFile& file) {
    const Place ccg = place_of(table, {"CCG Code"}), icb = place_of(table, {"ICB Code"});
    each_row(table, file, [&](PublishedRow& row) {
        const Commissioner found{row.code<CommissionerCode>(ccg), "", row.code_text(icb, true)};
        if (row.good()) file.commissioners.push_back(found);
    });
}

void read_networks(const TextTable& table, OrganisationFile& file) {
    const auto at = [&](std::string_view heading) { return place_of(table, {heading}); };
    const Place code = at("PCN_Code"), name = at("PCN_Name"), open = at("Open_Date"),
                close = at("Close_Date"), parent = at("Current_Sub_ICB_Loc_Code"),
                parent_name = at("Sub_ICB_Location");
    std::set<std::string> seen;
    each_row(table, file, [&](PublishedRow& row) {
        const auto life = period(row, open, close);
        const Network network{row.code<NetworkCode>(code), row.text(name), life.from, life.to,
                              row.code_or_none<CommissionerCode>(parent)};
        if (!row.good()) return;
        file.networks.push_back(network);
        keep_once(file.commissioners, seen,
                  Commissioner{network.commissioner, row.text(parent_name), ""});
    });
}

void read_network_memberships(const TextTable& table, OrganisationFile& file) {
    const auto at = [&](std::string_view heading) { return place_of(table, {heading}); };
    const Place practice = at("Partner_Organisation_Code"), network = at("PCN_Code"),
                from = at("Practice_to_PCN_Relationship_Start_Date"),
                to = at("Practice_to_PCN_Relationship_End_Date");
    each_row(table, file, [&](PublishedRow& row) {
        const Membership membership{row.code<PracticeCode>(practice), MembershipKind::network,
                                    row.code_text(network, true), period(row, from, to)};
        if (row.good()) file.memberships.push_back(membership);
    });
}

// 'U' in the column of networks says that the practice is in none.
void read_practice_map(const TextTable& table, OrganisationFile& file) {
    const auto at = [&](std::string_view heading) { return place_of(table, {heading}); };
    const Place day = at("EXTRACT_DATE"), code = at("PRACTICE_CODE"), name = at("PRACTICE_NAME"),
                postcode = at("PRACTICE_POSTCODE"), pcn = at("PCN_CODE"), pcn_name = at("PCN_NAME"),
                ccg = at("CCG_CODE"), ccg_name = at("CCG_NAME"), stp = at("STP_CODE");
    std::set<std::string> seen_networks;
    std::set<std::string> seen_commissioners;
    each_row(table, file, [&](PublishedRow& row) {
        const Period since{row.date_required(*day), std::nullopt};
        Practice practice;
        practice.code = row.code<PracticeCode>(code);
        practice.name = row.text(name);
        practice.postcode = row.text(postcode);
        const auto commissioner = row.code<CommissionerCode>(ccg);
        const auto network =
            row.text(pcn) == "U" ? NetworkCode() : row.code_or_none<NetworkCode>(pcn);
        if (!row.good()) return;
        file.practices.push_back(practice);
        file.memberships.push_back(
            {practice.code, MembershipKind::commissioner, commissioner.text(), since});
        if (!network.empty()) {
            file.memberships.push_back(
                {practice.code, MembershipKind::network, network.text(), since});
        }
        keep_once(file.networks, seen_networks,
                  Network{network, row.text(pcn_name), std::nullopt, std::nullopt, commissioner});
        keep_once(file.commissioners, seen_commissioners,
                  Commissioner{commissioner, row.text(ccg_name), row.text(stp)});
    });
}

void read_closures(const TextTable& table, OrganisationFile& file) {
    const Place code = place_of(table, {"Practice.Code"}), outcome = place_of(table, {"Outcome"}),
                merged = place_of(table, {"Merged with"});
    each_row(table, file, [&](PublishedRow& row) {
        const auto practice = row.code<PracticeCode>(code);
        const std::string& with = row.text(merged);
        if (!row.good()) return;
        if (row.text(outcome) != "Merged") {
            pass_over(file.passed_over, row.text(outcome) == "Closed"
                                            ? "closed without a merger"
                                            : "what became of the practice is not said");
            return;
        }
        file.named_mergers.push_back({practice, with == "NA" ? "" : with});
    });
}

// The succession is dated to the month after the last in which the old code still had a list of a
// thousand patients. A code that kept its own list is nobody's predecessor.
void read_predecessors(const TextTable& table, OrganisationFile& file) {
    const Place now = place_of(table, {"code_April_2020"}),
                before = place_of(table, {"previous_practice_codes"}),
                last = place_of(table, {"lm_1000_previous_codes"});
    std::set<std::string> kept_their_code;
    for (const TextTable::Row& row : table.rows) {
        if (row.cells[*now] == row.cells[*before]) kept_their_code.insert(row.cells[*now]);
    }
    each_row(table, file, [&](PublishedRow& row) {
        const auto successor = row.code<PracticeCode>(now);
        const auto practice = row.code<PracticeCode>(before);
        if (row.good() && successor == practice) {
            return pass_over(file.passed_over, "kept its code");
        }
        const Date last_month = row.date_required(*last);
        if (kept_their_code.contains(row.text(before))) {
            row.refuse(before, fmt::format("{} is named as the predecessor of {} and also as a "
                                           "practice that kept its code: no succession is read",
                                           practice.text(), successor.text()));
        }
        if (!row.good()) return;
        file.successions.push_back({practice, successor, (Month::of(last_month) + 1).first_day()});
    });
}

// Purse's own practices.csv: a row a membership, the practice's own columns repeated on each.
class PursePractices {
  public:
    PursePractices(const TextTable& table, OrganisationFile& file) : table_(table), file_(file) {}

    void read() {
        each_row(table_, file_, [&](PublishedRow& row) {
            const Practice practice = practice_of(row);
            const auto commissioner = row.code_or_none<CommissionerCode>(at("commissioner"));
            const auto network = row.code_or_none<NetworkCode>(at("network"));
            const Period in_commissioner = period(row, at("from"), at("to"));
            const bool own_dates = !row.text(at("network_from")).empty();
            const Period in_network =
                own_dates ? period(row, at("network_from"), at("network_to")) : in_commissioner;
            const auto succession = succession_of(row, practice);
            if (!row.good() || !same_as_before(row, practice)) return;
            join(practice.code, MembershipKind::commissioner, commissioner.text(), in_commissioner);
            join(practice.code, MembershipKind::network, network.text(), in_network);
            if (succession && succeeded_.insert(practice.code).second) {
                file_.successions.push_back(*succession);
            }
            keep_once(file_.commissioners, commissioners_,
                      Commissioner{commissioner, row.text(at("commissioner_name")), ""});
            keep_once(file_.networks, networks_,
                      Network{network, row.text(at("network_name")), {}, {}, commissioner});
        });
    }

  private:
    Place at(std::string_view heading) const { return place_of(table_, {heading}); }

    Practice practice_of(PublishedRow& row) const {
        const auto life = period(row, at("open"), at("close"));
        return {row.code<PracticeCode>(at("code")),
                row.text(at("name")),
                life.from,
                life.to,
                status(row, at("status")),
                number(row, at("prescribing_setting")),
                row.text(at("postcode"))};
    }

    std::optional<Succession> succession_of(PublishedRow& row, const Practice& practice) const {
        const auto successor = row.code_or_none<PracticeCode>(at("successor"));
        const auto from = row.date(at("successor_from"));
        if (successor.empty()) return std::nullopt;
        if (successor == practice.code) {
            row.refuse(at("successor"), "a practice cannot be its own successor");
        }
        if (!from && !practice.close) {
            row.refuse(at("successor"),
                       "the day the successor took over is missing: give successor_from or close");
            return std::nullopt;
        }
        return Succession{practice.code, successor, from ? *from : *practice.close + 1};
    }

    bool same_as_before(PublishedRow& row, const Practice& practice) {
        const auto [place, is_new] = seen_.emplace(practice.code, practice);
        const Practice& first = place->second;
        if (is_new) {
            file_.practices.push_back(practice);
        } else if (first.name != practice.name || first.open != practice.open ||
                   first.close != practice.close) {
            row.refuse(at("code"),
                       fmt::format("{} stands above with another name or other dates: give the "
                                   "same on each of its rows",
                                   practice.code.text()));
        }
        return row.good();
    }

    void join(PracticeCode practice, MembershipKind kind, std::string parent, Period when) {
        if (!parent.empty()) file_.memberships.push_back({practice, kind, std::move(parent), when});
    }

    const TextTable& table_;
    OrganisationFile& file_;
    std::map<PracticeCode, Practice> seen_;
    std::set<PracticeCode> succeeded_;
    std::set<std::string> commissioners_;
    std::set<std::string> networks_;
};

void read_purse_practices(const TextTable& table, OrganisationFile& file) {
    PursePractices(table, file).read();
}

void read_purse_providers(const TextTable& table, OrganisationFile& file) {
    const auto at = [&](std::string_view heading) { return place_of(table, {heading}); };
    const Place code = at("provider"), name = at("name"), open = at("open"), close = at("close"),
                postcode = at("postcode");
    each_row(table, file, [&](PublishedRow& row) {
        const auto life = period(row, open, close);
        const Provider provider{row.code<ProviderCode>(code), row.text(name), life.from, life.to,
                                row.text(postcode)};
        if (row.good()) file.providers.push_back(provider);
    });
}

}  // namespace

std::span<const std::string_view> epraccur_headings() { return epraccur; }
std::span<const std::string_view> trust_headings() { return trusts; }

std::span<const OrganisationLayout> organisation_layouts() {
    using Kind = OrganisationKind;
    static const std::vector<OrganisationLayout> layouts = {
        {Kind::practices,
         {"organisation_code", "name", "open_date", "close_date", "status_code", "commissioner",
          "join_provider_date", "left_provider_date", "prescribing_setting"},
         read_epraccur},
        {Kind::trusts,
         {"organisation_code", "name", "open_date", "close_date", "gor_code"},
         read_trusts},
        {Kind::trust_mergers,
         {"trust_code_old", "trust_code_new", "from_date"},
         read_trust_mergers},
        {Kind::pct_to_ccg, {"pct_code", "ccg_code", "pct_postcodes_percent"}, read_pct_to_ccg},
        {Kind::pcts, {"pct_code", "pct_name", "sha_code"}, read_pcts},
        {Kind::ccg_to_icb, {"CCG Code", "ICB Code"}, read_ccg_to_icb},
        {Kind::network_memberships,
         {"Partner_Organisation_Code", "PCN_Code", "Practice_to_PCN_Relationship_Start_Date",
          "Practice_to_PCN_Relationship_End_Date"},
         read_network_memberships},
        {Kind::networks,
         {"PCN_Code", "PCN_Name", "Current_Sub_ICB_Loc_Code", "Open_Date", "Close_Date"},
         read_networks},
        {Kind::practice_map,
         {"EXTRACT_DATE", "PRACTICE_CODE", "PRACTICE_NAME", "PCN_CODE", "CCG_CODE"},
         read_practice_map},
        {Kind::closures, {"Practice.Code", "Merged with", "Outcome"}, read_closures},
        {Kind::predecessors,
         {"code_April_2020", "previous_practice_codes", "lm_1000_previous_codes"},
         read_predecessors},
        {Kind::purse_practices,
         {"code", "name", "commissioner", "from", "to"},
         read_purse_practices},
        {Kind::purse_providers, {"provider", "name"}, read_purse_providers},
    };
    return layouts;
}

}  // namespace purse
