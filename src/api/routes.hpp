// The table of routes: for each, who may ask, what body it takes, and the one handler. It is
// compared with api/openapi.yaml by a test, and walked by another as every role and as nobody.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "access/permissions.hpp"
#include "api/http_server.hpp"
#include "api/office.hpp"

namespace purse {

using Handler = Result<HttpResponse> (*)(Office&, const Asked&);

enum class Entry : unsigned char {
    everybody,
    this_machine,    // callers on the machine itself, not through a proxy
    signed_in,       // whoever is; what is shown is theirs, or everybody's who is signed in
    with_permission  // `action`, on the practice of the path or the commissioner's
};

struct Route {
    std::string_view name;  // operationId of the contract
    std::string_view method;
    std::string_view path;  // "/api/v1/practices/{practice}/statement"
    Entry entry = Entry::signed_in;
    std::optional<Action> action;
    BodyKind body = BodyKind::none;
    Handler handler = nullptr;
};

std::span<const Route> routes();

struct Matched {
    const Route* route = nullptr;                // none: there is none
    std::map<std::string, std::string> in_path;  // of the route's braces
    bool other_methods = false;                  // the path is known, the method is not
};
Matched match(std::string_view method, const Target& target);

}  // namespace purse
