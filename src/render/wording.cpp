#include "render/wording.hpp"

#include <fmt/format.h>

#include <cmath>

namespace purse {

std::string amount_or_dash(const std::optional<Pence>& amount) {
    return amount ? in_pounds(*amount) : "–";
}

std::string variance_in_words(const std::optional<Pence>& variance) {
    if (!variance) return "–";
    return (*variance > Pence(0) ? "+" : "") + in_pounds(*variance);
}

std::string rate_text(const std::optional<double>& rate) {
    if (!rate) return "–";
    const auto tenths = static_cast<std::int64_t>(std::llround(*rate * 10));
    return fmt::format("{}.{}", grouped(tenths / 10), tenths % 10);
}

std::string label_of(const StatementRow& row) {
    if (row.code == "total") return row.label;
    const bool below = !row.of_total && row.code != "consultant_referrals";
    return below ? "     " + row.label : fmt::format("{}. {}", row.pack_line, row.label);
}

std::string average_stay(const Figures& figures) {
    if (figures.activity == 0) return {};
    const std::int64_t tenths =
        divided(wide{figures.bed_days} * 10, figures.activity, Rounding::half_up);
    return fmt::format("{}.{} days", tenths / 10, tenths % 10);
}

std::string tariff_in_words(const TariffUsed& tariff) {
    return fmt::format("{} (version {}; {})", to_text(tariff.year), tariff.version.substr(0, 8),
                       tariff.label);
}

std::string payable_sentence(const Statement& statement) {
    if (!statement.payable_year_to_date) return {};
    const Pence cost = statement.total.year_to_date.cost;
    return fmt::format(
        "Of this the providers are paid {} (readmissions and marginal rate: {}); costs and budgets "
        "stay at full tariff.",
        in_pounds(*statement.payable_year_to_date),
        variance_in_words(*statement.payable_year_to_date - cost));
}

std::string escaped_html(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

}  // namespace purse
