// A letter handed to the mail system of the organisation (SMTP). The connection is encrypted and
// the relay's certificate verified: TLS at once (smtps://) or by STARTTLS (smtp://); only to the
// loopback may it go in the clear.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.hpp"

namespace purse {

struct MailRelay {
    std::string address;  // smtp://mail.example:587, smtps://mail.example:465
    std::string user;     // empty: it asks for none
    std::string password;
    std::filesystem::path authorities;  // certificates (PEM) to trust; empty: the machine's
};
// Whether letters may go there.
Outcome may_relay(const MailRelay& relay);

struct Envelope {
    std::string from;  // an address, without a name
    std::string to;
    std::string content;  // headers and text, lines ending in CR LF
};

// Blocks for 60 seconds at most. `unavailable`: try again later; `bad_input`: the relay will never
// take this letter.
Outcome hand_over(const Envelope& letter, const MailRelay& relay);

// name@host, without a blank, a bracket or a control character: what can stand in an envelope.
bool is_mail_address(std::string_view text);

}  // namespace purse
