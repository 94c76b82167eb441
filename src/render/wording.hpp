// How figures are written in every format.
#pragma once

#include <optional>
#include <string>

#include "money/grouped.hpp"
#include "reports/statement.hpp"

namespace purse {

std::string amount_or_dash(const std::optional<Pence>& amount);  // "£1,234.56" or "–"
// "+£1,234.56" over, "−£5.00" under, "–" where there is none.
std::string variance_in_words(const std::optional<Pence>& variance);
std::string rate_text(const std::optional<double>& rate);  // "12.3" or "–"
// "3. Outpatients", "Total", "     first attendances": a line of the statement in a table of text.
std::string label_of(const StatementRow& row);
// "4.2 days": average length of stay of the year to date, with one decimal; empty without spells.
std::string average_stay(const Figures& figures);
// "2017/18 (version 3f2a9c1d)"
std::string tariff_in_words(const TariffUsed& tariff);
// "Of this the providers are paid ...": empty where they are paid in full.
std::string payable_sentence(const Statement& statement);
std::string escaped_html(std::string_view text);

}  // namespace purse
