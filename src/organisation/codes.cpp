#include "organisation/codes.hpp"

#include <string>

namespace purse {

namespace {

// NHS trusts (R..), care trusts (T..), PCTs as providers (5..) and Welsh local health boards (7A.)
// have codes of three characters, and their sites begin with them.
bool sites_begin_with_provider(std::string_view code) {
    return code.starts_with('R') || code.starts_with('T') || code.starts_with('5') ||
           code.starts_with("7A");
}

}  // namespace

ProviderCode provider_of_site(std::string_view site_or_provider) {
    std::string code(site_or_provider);
    for (char& c : code) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    if (code.size() > 3 && sites_begin_with_provider(code)) code.resize(3);
    const auto value = packed(code);
    return value == bad_code ? ProviderCode() : ProviderCode::from_packed(value);
}

}  // namespace purse
