#include "api/waterfall_table.hpp"

#include <boost/json.hpp>

#include "render/waterfall_pages.hpp"

namespace purse {

ReportTable table_of(const Waterfall& waterfall) {
    ReportTable table;
    table.headings = {"step",          "says",   "arithmetic", "amount",
                      "all_practices", "source", "is_level"};
    for (const WaterfallStep& step : waterfall.steps) {
        table.rows.push_back({step.title, step.says, step.arithmetic, step.amount,
                              step.commissioner, step.source,
                              std::string(step.is_level ? "yes" : "no")});
    }
    return table;
}

std::string waterfall_page(const Waterfall& waterfall, const std::string& draft) {
    boost::json::object page = boost::json::parse(as_json(waterfall)).as_object();
    page["draft"] = draft;
    return boost::json::serialize(page);
}

}  // namespace purse
