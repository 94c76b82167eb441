#include "desk/mail_carrier.hpp"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <vector>

#include "desk/clock.hpp"

namespace purse {

namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds between_rounds{5};
constexpr std::int64_t between_writings_seconds = 3600;

// Held by whoever carries; the kernel lets go of it with the process, however that ends.
class Turn {
  public:
    explicit Turn(const fs::path& file)
        : descriptor_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)),
          is_ours_(descriptor_ >= 0 && ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) {}
    ~Turn() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    [[nodiscard]] bool is_ours() const { return is_ours_; }

  private:
    int descriptor_;
    bool is_ours_;
};

std::string header_in(const std::string& letter, std::string_view name) {
    const std::string start = "\r\n" + std::string(name) + ": ";
    const std::string head = "\r\n" + letter.substr(0, letter.find("\r\n\r\n"));
    const auto at = head.find(start);
    if (at == std::string::npos) return "";
    const auto from = at + start.size();
    return head.substr(from, head.find("\r\n", from) - from);
}

// "Purse <purse@example.org>" is the address in its brackets.
std::string bare_address(const std::string& from) {
    const auto open = from.find('<');
    if (open == std::string::npos) return from;
    return from.substr(open + 1, from.find('>', open) - open - 1);
}

std::string rfc_5322_date(Instant at) {
    return fmt::format("{:%a, %d %b %Y %H:%M:%S} +0000",
                       fmt::gmtime(static_cast<std::time_t>(at.seconds())));
}

// With what the outbox leaves to the sender.
std::string ready_to_go(const std::string& letter, const fs::path& file, const std::string& from,
                        Instant written) {
    const std::string address = bare_address(from);
    return fmt::format("From: {}\r\nDate: {}\r\nMessage-ID: <{}@{}>\r\n", from,
                       rfc_5322_date(written), file.stem().string(),
                       address.substr(address.find('@') + 1)) +
           letter;
}

std::vector<fs::path> letters_in(const fs::path& outbox) {
    std::vector<fs::path> letters;
    std::error_code fault;
    for (const auto& entry : fs::directory_iterator(outbox, fault)) {
        if (entry.path().extension() == ".eml") letters.push_back(entry.path());
    }
    std::ranges::sort(letters);
    return letters;
}

}  // namespace

MailRound::MailRound(fs::path outbox, MailSettings settings, HandOver hand_over)
    : outbox_(std::move(outbox)),
      settings_(std::move(settings)),
      hand_over_(std::move(hand_over)) {}

void MailRound::give_up(const fs::path& file, const std::string& why) {
    const fs::path folder = outbox_ / "undelivered";
    fs::create_directories(folder);
    fs::permissions(folder, fs::perms::owner_all);
    std::ofstream(folder / (file.stem().string() + ".why")) << why << "\n";
    fs::rename(file, folder / file.filename());
    waits_.erase(file);
}

bool MailRound::carry(const fs::path& file, Instant now, Count& count) {
    std::ifstream in(file, std::ios::binary);
    const std::string letter{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    const Instant written = parse_instant(header_in(letter, "X-Purse-Written")).value_or(now);
    const auto sent =
        hand_over_(Envelope{.from = bare_address(settings_.from),
                            .to = header_in(letter, "To"),
                            .content = ready_to_go(letter, file, settings_.from, written)},
                   settings_.relay);
    if (sent) {
        fs::remove(file);
        waits_.erase(file);
        ++count.sent;
        return true;
    }
    count.last_fault = sent.problem().says;
    const bool is_for_good = sent.problem().kind == ProblemKind::bad_input;
    if (is_for_good || now - written >= given_up_seconds) {
        give_up(file, sent.problem().says);
        ++count.undelivered;
        return true;
    }
    const auto [wait, is_first] = waits_.try_emplace(file);
    if (!is_first) wait->second.pause = std::min(2 * wait->second.pause, longest_pause_seconds);
    wait->second.until = now + wait->second.pause;
    ++count.waiting;
    return false;
}

MailRound::Count MailRound::go(Instant now) {
    Count count;
    const auto letters = letters_in(outbox_);
    if (letters.empty()) return count;
    const Turn turn(outbox_ / ".carrier");
    if (!turn.is_ours()) return count;
    for (const fs::path& file : letters) {
        const auto wait = waits_.find(file);
        if (wait != waits_.end() && now < wait->second.until) continue;
        if (!carry(file, now, count)) break;
    }
    return count;
}

MailCarrier::MailCarrier(const Site& site, MailSettings settings,
                         std::function<Outcome(Instant)> write_letters,
                         std::function<void(const std::string&)> told)
    : round_(site.outbox_folder(), std::move(settings), hand_over),
      write_letters_(std::move(write_letters)),
      told_(std::move(told)),
      thread_([this] { carry_on(); }) {}

MailCarrier::~MailCarrier() {
    {
        const std::lock_guard lock(mutex_);
        is_over_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

void MailCarrier::go_once(Instant now) {
    if (!written_ || now - *written_ >= between_writings_seconds) {
        written_ = now;
        if (const auto written = write_letters_(now); !written) {
            told_("letters: " + written.problem().says);
        }
    }
    const auto count = round_.go(now);
    if (count.sent + count.waiting + count.undelivered == 0) return;
    told_(fmt::format("mail: {} sent, {} to be tried again, {} given up{}{}", count.sent,
                      count.waiting, count.undelivered, count.last_fault.empty() ? "" : ": ",
                      count.last_fault));
}

void MailCarrier::carry_on() {
    std::unique_lock lock(mutex_);
    while (!is_over_) {
        lock.unlock();
        try {
            go_once(parse_instant(now_utc()).value());
        } catch (const std::exception& fault) {
            told_(fmt::format("mail: {}", fault.what()));
        }
        lock.lock();
        wake_.wait_for(lock, between_rounds, [this] { return is_over_; });
    }
}

}  // namespace purse
