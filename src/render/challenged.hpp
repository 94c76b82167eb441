// What challenges make of a statement's and a summary's figures, in every format: nothing where
// there are none.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>

#include "render/statement_table.hpp"

namespace purse {

std::string challenged_text(const Statement& statement);
std::string challenged_text(const Summary& summary);
std::string challenged_html(const Statement& statement);
std::string challenged_html(const Summary& summary);
boost::json::object challenged_object(const ChallengedRow& row);
// Onto the object, as "challenges".
void add_challenged(boost::json::object& object, const Statement& statement);
void add_challenged(boost::json::object& object, const Summary& summary);
// Rows that count in no total: "disputed_<line>", "corrected_<line>".
void add_challenged(ReportTable& table, const Statement& statement);

}  // namespace purse
