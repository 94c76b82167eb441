// One published file of organisations read into values, its layout recognised from its heading (or,
// for files of the Organisation Data Service, which come without one, from their 27 columns).
// docs/organisations.md describes every layout column by column.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "organisation/organisation.hpp"
#include "organisation/published_row.hpp"

namespace purse {

enum class OrganisationKind : unsigned char {
    practices,            // epraccur
    trusts,               // etr, trust_list
    trust_mergers,        // trust_code_old, trust_code_new, from_date
    pcts,                 // PCTs and their SHAs
    pct_to_ccg,           // PCT to CCG by share of postcodes
    ccg_to_icb,           // CCG to ICB
    networks,             // PCN details
    network_memberships,  // practice to PCN with dates
    practice_map,         // gp-reg-pat-prac-map: practice to PCN and CCG on a day
    closures,             // closed and merged practices, the successor by name
    predecessors,         // practice code in April 2020 and its predecessors
    purse_practices,      // Purse's own practices.csv
    purse_providers,      // Purse's own providers.csv
};
std::string_view in_words(OrganisationKind kind);

struct OrganisationFile {
    OrganisationKind kind = OrganisationKind::practices;
    std::string file;
    std::size_t rows = 0;  // of data: read, passed over and unread together
    std::vector<Practice> practices;
    std::vector<Provider> providers;
    std::vector<Commissioner> commissioners;
    std::vector<Network> networks;
    std::vector<Membership> memberships;
    std::vector<Succession> successions;
    std::vector<NamedMerger> named_mergers;
    std::vector<ProviderSuccession> provider_successions;
    std::vector<CommissionerSuccession> commissioner_successions;
    std::vector<PassedOver> passed_over;
    std::vector<UnreadRow> unread;

    [[nodiscard]] std::size_t rows_passed_over() const;
    [[nodiscard]] std::size_t rows_read() const {
        return rows - rows_passed_over() - unread.size();
    }
};

// A problem when the file cannot be opened or no layout is recognised (it lists those that are).
Result<OrganisationFile> read_organisations(const std::filesystem::path& file);
Result<OrganisationFile> read_organisations_text(std::string text, std::string name);

// Successions for mergers published by name: the successor is the one open practice whose name is
// the same (case, punctuation and blanks aside), from the day after the practice closed. What could
// not be resolved comes back with the reason.
struct ResolvedMergers {
    std::vector<Succession> successions;
    std::vector<std::string> unresolved;
};
ResolvedMergers resolved(const std::vector<NamedMerger>& mergers,
                         const std::vector<Practice>& practices);

}  // namespace purse
