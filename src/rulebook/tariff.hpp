// A Tariff is one version of one year's national price list, as published: every price before the
// market forces factor, each with the sheet and row it was read from. Absent prices are absent, not
// 0.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "activity/codes.hpp"
#include "calendar/month.hpp"
#include "money/factor.hpp"
#include "money/pence.hpp"
#include "organisation/codes.hpp"

namespace purse {

// Where in the published workbook (or CSV folder) a row stands.
struct TariffSource {
    std::uint16_t sheet = 0;  // place in Tariff::sheets
    std::uint32_t row = 0;    // row number as the spreadsheet shows it
};

// Admitted care and outpatient procedures of one HRG (sheets "APC & OPROC" and the delivery prices
// of the maternity sheets).
struct AdmittedPrice {
    std::string name;
    std::optional<Pence> outpatient_procedure;
    std::optional<Pence> combined;  // day case and ordinary elective alike
    std::optional<Pence> day_case;
    std::optional<Pence> elective;
    std::optional<int> elective_trim_days;
    std::optional<Pence> non_elective;
    std::optional<int> non_elective_trim_days;
    std::optional<Pence> long_stay_per_day;
    bool short_stay_applies = false;
    std::optional<Factor> short_stay_share;  // for information: the published price is what is paid
    std::optional<Pence> short_stay_emergency;  // published reduced price
    bool from_maternity_sheet = false;
    bool estimated = false;  // published nowhere: root_estimate.hpp
    TariffSource source;
};

// Attendances of one treatment function: first/follow-up × single/multi-professional.
struct AttendancePrice {
    std::string name;
    std::optional<Pence> first_single;      // WF01B
    std::optional<Pence> first_multi;       // WF02B
    std::optional<Pence> follow_up_single;  // WF01A
    std::optional<Pence> follow_up_multi;   // WF02A
    TariffSource source;
};

struct EmergencyPrice {
    std::string name;
    std::optional<Pence> type_1_and_2;
    std::optional<Pence> type_3;
    TariffSource source;
};

enum class UnbundledKind : std::uint8_t {
    imaging,           // outpatient and direct access only
    nuclear_medicine,  // outpatient and direct access only
    chemotherapy,      // not in ordinary elective or non-elective spells
    radiotherapy,      // not in ordinary elective or non-elective spells
    other,
};

struct UnbundledPrice {
    std::string name;
    UnbundledKind kind = UnbundledKind::other;
    std::optional<Pence> price;
    TariffSource source;
};

struct DirectAccessPrice {
    std::string name;
    std::optional<Pence> price;
    TariffSource source;
};

// A best practice price stands in place of the base price where HRG, flag, admission, age and stay
// qualify. Only rows that SUS pays automatically have `automated`; the others are local payments
// and are kept for reference.
struct BestPracticePrice {
    Hrg hrg;
    std::string section;  // "Same day emergency care"
    std::string flag;     // "BP01": pays only with this flag; empty: the HRG alone decides
    // The flag as printed. "Sub-HRG*" rows have one that only says how the patient was admitted, so
    // that HRG, admission, age and stay decide without it.
    std::string published_flag;
    std::optional<Pence> day_case;
    std::optional<Pence> elective;
    std::optional<Pence> non_elective;
    std::optional<Pence> outpatient_procedure;
    std::optional<Pence>
        short_stay_emergency;      // published for this section; absent: see short_stay_kept
    bool short_stay_kept = false;  // whether the short-stay reduction applies beside this price
    int least_age = 0;
    int most_age = 999;
    int least_stay_days = 0;
    int most_stay_days = 9999;
    bool emergency_only = false;  // admission methods 21-25, 2A-2D, 28 and the like
    bool transfers_too = false;   // beside emergency_only: method 81 as well
    bool automated = false;
    // Not paid automatically: the price with every criterion met, a lower level, a session or week.
    std::optional<Pence> reference_price;
    TariffSource source;
};

// 2016/17: rate by service, only for listed providers and listed ICD/OPCS codes.
struct TopUpService {
    std::string service_id;  // "6"
    std::string name;        // "Spinal surgery"
    Factor rate;             // 0.32
    TariffSource source;
};
struct TopUpCode {
    std::string code;  // ICD-10 or OPCS without the point
    bool is_procedure = false;
    std::string service_id;
    std::string age_criteria;  // "", "Child", "Adult", as published
    TariffSource source;
};
struct TopUpProvider {
    std::string service_id;
    ProviderCode provider;
    TariffSource source;
};
// 2017/18: rate by prescribed specialised service flag; no provider or code list.
struct TopUpFlag {
    std::string flag;  // "NCBPS23B"
    std::string description;
    Factor rate;  // 0.89
    TariffSource source;
};

struct MarketForcesFactor {
    std::string name;
    Factor factor;
    TariffSource source;
};

struct NoNationalPrice {
    std::string name;
    bool unbundled = false;
    bool all_settings = false;  // no national price in any setting
    TariffSource source;
};

// Kept for reference: high cost drugs and devices, services excluded, zero prices.
struct ExclusionNote {
    std::string list;  // "high cost drugs"
    std::string name;
    std::string detail;
    TariffSource source;
};

struct Tariff {
    FinancialYear year;
    std::string label;        // "2017/18 national tariff workbook, statutory consultation version"
    std::string version;      // digest of the canonical CSVs: the same prices, the same version
    std::string source_file;  // name of the workbook or folder
    std::vector<std::string> sheets;

    std::map<Hrg, AdmittedPrice> admitted;
    std::map<TreatmentFunction, AttendancePrice> attendances;
    // Non-mandatory, any treatment function, a non-face-to-face attendance (2016/17: £23).
    std::optional<Pence> non_face_to_face;
    std::map<Hrg, EmergencyPrice> emergency;
    std::map<Hrg, UnbundledPrice> unbundled;
    std::map<Hrg, DirectAccessPrice> direct_access;
    std::map<ProviderCode, MarketForcesFactor> market_forces;
    std::vector<BestPracticePrice> best_practice;
    std::vector<TopUpService> top_up_services;
    std::vector<TopUpCode> top_up_codes;
    std::vector<TopUpProvider> top_up_providers;
    std::vector<TopUpFlag> top_up_flags;
    std::map<Hrg, NoNationalPrice> no_national_price;
    std::map<TreatmentFunction, NoNationalPrice> functions_without_price;
    std::vector<ExclusionNote> exclusion_notes;
};

// "sheet '1a APC & OPROC 17.18' row 1204"
std::string place_of(const Tariff& tariff, TariffSource source);

}  // namespace purse
