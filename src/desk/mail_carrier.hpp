// Sends what lies in the site's outbox, where purse.toml has [mail]: in a thread of its own, so
// that no request waits for a mail system. A letter that could not be sent is tried again, after
// one minute and then twice as long each time up to an hour; one that is refused for good, or that
// is two days old, goes to outbox/undelivered with the reason beside it. A letter that was taken is
// deleted: it may hold a link.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "base/result.hpp"
#include "calendar/instant.hpp"
#include "courier/mail_relay.hpp"
#include "desk/site.hpp"

namespace purse {

struct MailSettings {
    MailRelay relay;
    std::string from;  // "Purse <purse@example.org>", or the address alone
};
// [mail] of the site's purse.toml (docs/site.md); nothing where it has none.
Result<std::optional<MailSettings>> read_mail_settings(const std::filesystem::path& file);

class MailRound {
  public:
    using HandOver = std::function<Outcome(const Envelope&, const MailRelay&)>;
    MailRound(std::filesystem::path outbox, MailSettings settings, HandOver hand_over);

    struct Count {
        int sent = 0;
        int waiting = 0;      // to be tried again
        int undelivered = 0;  // given up in this round
        std::string last_fault;
    };
    // Goes through the outbox until a letter cannot be sent: the relay may be down, and the others
    // have their turn in the next round. Of two servers on one site only one carries at a time.
    Count go(Instant now);

    static constexpr std::int64_t first_pause_seconds = 60;
    static constexpr std::int64_t longest_pause_seconds = 3600;
    static constexpr std::int64_t given_up_seconds = std::int64_t{48} * 3600;

  private:
    struct Wait {
        Instant until;
        std::int64_t pause = first_pause_seconds;
    };
    // False: to be tried again.
    bool carry(const std::filesystem::path& file, Instant now, Count& count);
    void give_up(const std::filesystem::path& file, const std::string& why);

    std::filesystem::path outbox_;
    MailSettings settings_;
    HandOver hand_over_;
    std::map<std::filesystem::path, Wait> waits_;
};

class MailCarrier {
  public:
    // `told` is called with a sentence about a round that sent or failed something. Every hour, and
    // at first, `write_letters` puts into the outbox what is due.
    MailCarrier(const Site& site, MailSettings settings,
                std::function<Outcome(Instant)> write_letters,
                std::function<void(const std::string&)> told);
    ~MailCarrier();  // waits for the letter that is under way
    MailCarrier(const MailCarrier&) = delete;
    MailCarrier& operator=(const MailCarrier&) = delete;

  private:
    void carry_on();
    void go_once(Instant now);

    MailRound round_;
    std::function<Outcome(Instant)> write_letters_;
    std::optional<Instant> written_;
    std::function<void(const std::string&)> told_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool is_over_ = false;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace purse
