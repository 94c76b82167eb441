#include "courier/mail_relay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "courier/carried.hpp"

namespace purse {

namespace {

constexpr long letter_seconds = 60;

struct Unread {
    std::string_view rest;
};

std::size_t hand_on(char* into, std::size_t size, std::size_t count, void* from) {
    auto& unread = *static_cast<Unread*>(from);
    const std::size_t taken = std::min(size * count, unread.rest.size());
    std::memcpy(into, unread.rest.data(), taken);
    unread.rest.remove_prefix(taken);
    return taken;
}

Problem refusal(CURLcode code, CURL* curl, const Destination& destination) {
    long reply = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply);
    if (code == CURLE_LOGIN_DENIED) {
        return {ProblemKind::unavailable,
                destination.host + " refuses the user or the password of [mail]"};
    }
    // RFC 5321, section 4.2.1: a reply of 5yz is for good. 530 asks for a login or for TLS, which
    // is a matter of the settings and not of the letter.
    if (reply >= 550 && reply < 560) {
        return bad_input(
            fmt::format("{} refuses the letter for good (reply {})", destination.host, reply));
    }
    if (reply >= 400) {
        return {ProblemKind::unavailable,
                fmt::format("{} does not take the letter now (reply {})", destination.host, reply)};
    }
    return fault_of(code, destination);
}

}  // namespace

Outcome may_relay(const MailRelay& relay) {
    const auto destination = parse_destination(relay.address);
    if (!destination) return destination.problem();
    if (destination->scheme != "smtp" && destination->scheme != "smtps") {
        return bad_input("'" + relay.address +
                         "' must begin with smtp:// (STARTTLS) or smtps:// (TLS at once)");
    }
    return Nothing{};
}

bool is_mail_address(std::string_view text) {
    const auto at = text.find('@');
    const auto plain = [](char c) {
        return static_cast<unsigned char>(c) > 0x20 && static_cast<unsigned char>(c) < 0x7F &&
               std::string_view("<>()[]\\,;:\"").find(c) == std::string_view::npos;
    };
    return at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
           text.find('@', at + 1) == std::string_view::npos && text.size() <= 254 &&
           std::ranges::all_of(text, plain);
}

Outcome hand_over(const Envelope& letter, const MailRelay& relay) {
    if (!is_mail_address(letter.to)) return bad_input("the letter's address is none");
    const auto destination = parse_destination(relay.address);
    if (!destination) return destination.problem();
    const CurlHandle handle =
        handle_to(relay.address, *destination, relay.authorities, letter_seconds);
    CURL* curl = handle.get();
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    // A mail system on the same machine seldom has a certificate that anybody vouches for.
    const bool in_the_clear = destination->is_on_loopback && relay.authorities.empty();
    curl_easy_setopt(curl, CURLOPT_USE_SSL,
                     static_cast<long>(in_the_clear ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    if (!relay.user.empty()) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, relay.user.c_str());
        curl_easy_setopt(curl, CURLOPT_PASSWORD, relay.password.c_str());
    }
    const CurlList recipients(curl_slist_append(nullptr, letter.to.c_str()));
    Unread unread{letter.content};
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, letter.from.c_str());
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients.get());
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, hand_on);
    curl_easy_setopt(curl, CURLOPT_READDATA, &unread);
    const CURLcode code = curl_easy_perform(curl);
    if (code == CURLE_OK) return Nothing{};
    return refusal(code, curl, *destination);
}

}  // namespace purse
