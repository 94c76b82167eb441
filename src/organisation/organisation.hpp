// What the published registers say of practices, providers, commissioners and networks: plain
// values, each with the dates it held. Joining them is the work of Affiliations.
#pragma once

#include <optional>
#include <string>

#include "calendar/date.hpp"
#include "organisation/codes.hpp"

namespace purse {

// Days from `from` to `to`, both of them included; no date means "as far as anybody knows".
struct Period {
    std::optional<Date> from;
    std::optional<Date> to;

    [[nodiscard]] bool covers(Date day) const {
        return (!from || *from <= day) && (!to || day <= *to);
    }
    friend auto operator<=>(const Period&, const Period&) = default;
};

// The prescribing setting of a general practice in the register of prescribing cost centres
// (epraccur, column 26).
inline constexpr int general_practice_setting = 4;

struct Practice {
    PracticeCode code;
    std::string name;
    std::optional<Date> open;
    std::optional<Date> close;  // the last day
    char status = ' ';          // A active, C closed, D dormant, P proposed; blank: not said
    std::optional<int> prescribing_setting;  // 4 is a general practice
    std::string postcode;
};

struct Provider {
    ProviderCode code;
    std::string name;
    std::optional<Date> open;
    std::optional<Date> close;
    std::string postcode;
};

struct Commissioner {
    CommissionerCode code;
    std::string name;
    std::string parent;  // the SHA of a PCT, the ICB of a CCG or sub-ICB; may be empty
};

struct Network {
    NetworkCode code;
    std::string name;
    std::optional<Date> open;
    std::optional<Date> close;
    CommissionerCode commissioner;
};

enum class MembershipKind : unsigned char { commissioner, network };

struct Membership {
    PracticeCode practice;
    MembershipKind kind = MembershipKind::commissioner;
    std::string parent;  // the code of the commissioner or the network
    Period period;
};

// From this day on, the successor answers for the practice.
struct Succession {
    PracticeCode practice;
    PracticeCode successor;
    Date from;
};

// A merger published with the successor's name and no code or date.
struct NamedMerger {
    PracticeCode practice;
    std::string successor_name;  // may be empty: merged, not said with whom
};

struct ProviderSuccession {
    ProviderCode provider;
    ProviderCode successor;
    Date from;
};

// Part of a commissioner's area went to another; the share is of postcodes, as published.
struct CommissionerSuccession {
    CommissionerCode commissioner;
    CommissionerCode successor;
    std::string percent;
};

}  // namespace purse
