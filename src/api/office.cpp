#include "api/office.hpp"

#include <fmt/format.h>

#include <charconv>

namespace purse {

namespace {

template <class Number>
std::optional<Number> whole(std::string_view text) {
    Number value{};
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

Result<std::unique_ptr<Office>> Office::open(const std::filesystem::path& folder) {
    auto site = Site::open(folder);
    if (!site) return site.problem();
    auto access = open_access(*site);
    if (!access) return access.problem();
    auto settings = read_open_id_settings(site->folder() / "purse.toml");
    if (!settings) return settings.problem();
    // The register moves with its site, and so stays where the accounts look for it.
    auto office = std::unique_ptr<Office>(new Office(*std::move(site), *std::move(access)));
    if (*settings) {
        office->provider =
            std::make_unique<IdentityProvider>(**std::move(settings), office->access.key);
    }
    return office;
}

Site Office::site_for(const Asked& asked) const { return site.acting_for(asked.actor()); }

Result<PracticeCode> Asked::practice() const {
    const std::string& text = in_path.at("practice");
    if (text.empty() || packed(text) == bad_code) {
        return bad_input(fmt::format("'{}' is not a practice's code", text));
    }
    return PracticeCode(text);
}

Result<FinancialYear> Asked::year() const { return parse_financial_year(in_path.at("year")); }

Result<Month> Asked::month() const { return parse_month(in_path.at("month")); }

Result<std::optional<Month>> Asked::month_asked() const {
    const auto given = request.target.asked("month");
    if (!given) return std::optional<Month>();
    const auto month = parse_month(*given);
    if (!month) return month.problem();
    return std::optional<Month>(*month);
}

Result<std::int64_t> Asked::number(const std::string& name) const {
    const auto value = whole<std::int64_t>(in_path.at(name));
    if (!value || *value < 1) {
        return bad_input(fmt::format("'{}' is not a {}'s number", in_path.at(name), name));
    }
    return *value;
}

std::string Asked::text(const std::string& name) const {
    return request.target.asked(name).value_or("");
}

Result<std::size_t> Asked::count(const std::string& name, std::size_t least, std::size_t most,
                                 std::size_t otherwise) const {
    const auto given = request.target.asked(name);
    if (!given) return otherwise;
    const auto value = whole<std::size_t>(*given);
    if (!value || *value < least || *value > most) {
        return bad_input(
            fmt::format("{} is a whole number from {} to {}, not '{}'", name, least, most, *given));
    }
    return *value;
}

Outcome may(const Office& office, const Asked& asked, Action action) {
    const auto found = asked.in_path.find("practice");
    const Accounts& accounts = office.access.accounts;
    if (found == asked.in_path.end()) {
        return office.access.permissions.may(asked.person(), action, accounts.whose_commissioner());
    }
    const auto practice = asked.practice();
    if (!practice) return practice.problem();
    return office.access.permissions.may(asked.person(), action,
                                         accounts.whose(*practice, asked.today()));
}

bool sees_small_counts(const Office& office, const Asked& asked) {
    return may(office, asked, Action::read_small_counts).ok();
}

Outcome may_see_small_counts(const Office& office, const Asked& asked) {
    if (sees_small_counts(office, asked)) return Nothing{};
    return Problem{ProblemKind::forbidden,
                   "this shows small numbers of people, which your role may not see"};
}

Result<Opened> opened_month(Office& office, const Asked& asked) {
    const auto month = asked.month_asked();
    if (!month) return month.problem();
    return office.months.open(office.site, *month);
}

}  // namespace purse
