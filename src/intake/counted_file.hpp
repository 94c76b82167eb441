// Files of care that is counted as it is read: referrals of a month, patients who wait on a day.
// What could name a patient is looked at while a file is read (an identifier, to count nobody
// twice; a date of birth, for the age) and kept nowhere. A row that cannot be read never stops the
// others.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "activity/counted_care.hpp"
#include "calendar/date.hpp"
#include "intake/counted_layout.hpp"
#include "organisation/published_table.hpp"

namespace purse {

// What was wrong or doubtful with a row. Values that could name a patient are not shown.
struct CountedFault {
    std::string file;
    std::uint64_t line = 0;
    bool rejects = true;  // false: the row is counted all the same
    std::string column, value, reason, says, remedy;
};
std::string faults_csv(const std::vector<CountedFault>& faults);

struct CountedRows {
    std::string layout;
    std::int64_t rows = 0, accepted = 0, rejected = 0;
    std::map<std::string, std::int64_t> passed_over;  // rows that are right and of no use, by why
    std::vector<CountedFault> faults;

    [[nodiscard]] std::int64_t rows_passed_over() const;
};

// The fields of layouts in rules/layouts/referrals and rules/layouts/waiting_list.
const std::vector<std::string_view>& referral_fields();
const std::vector<std::string_view>& waiting_fields();

// Files of one month, together: a referral in two of them is one.
class ReferralReading {
  public:
    ReferralReading(const std::vector<CountedLayout>& layouts, Month month)
        : layouts_(layouts), month_(month) {}

    // A Problem where no layout fits; then nothing of the file was taken.
    Outcome take(const PublishedTable& file, const std::string& layout = "");
    [[nodiscard]] const CountedRows& rows() const { return read_; }
    [[nodiscard]] std::vector<ReferralCount> counts() const;  // in order

  private:
    const std::vector<CountedLayout>& layouts_;
    Month month_;
    CountedRows read_;
    std::set<std::string> identifiers_;
    std::map<ReferralCount, std::int64_t> counted_;  // with a count of 0
};

class WaitingReading {
  public:
    WaitingReading(const std::vector<CountedLayout>& layouts, Date as_at)
        : layouts_(layouts), as_at_(as_at) {}

    Outcome take(const PublishedTable& file, const std::string& layout = "");
    [[nodiscard]] const CountedRows& rows() const { return read_; }
    [[nodiscard]] std::vector<WaitingCount> counts() const;

  private:
    const std::vector<CountedLayout>& layouts_;
    Date as_at_;
    CountedRows read_;
    std::set<std::string> identifiers_;
    std::map<WaitingCount, std::int64_t> counted_;
};

}  // namespace purse
