#include <boost/json.hpp>

#include "cli/output.hpp"
#include "render/json_values.hpp"

namespace purse {

namespace {

namespace json = boost::json;

json::array texts(const std::vector<std::string>& items) {
    return array_of(items, [](const std::string& text) { return json::value(text); });
}

json::array totals_json(const std::vector<ControlTotal>& totals) {
    return array_of(totals, [](const ControlTotal& total) {
        return json::object{
            {"stage", total.stage}, {"rows", total.rows}, {"pounds", plain_pounds(total.money)}};
    });
}

}  // namespace

std::string as_json(const ImportReport& report) {
    return json_line({{"file", report.file},
                      {"says", report.says},
                      {"already_imported", report.already_imported},
                      {"parts", array_of(report.parts,
                                         [](const ImportedPart& part) {
                                             return json::object{{"name", part.name},
                                                                 {"holds", part.holds},
                                                                 {"rows", part.rows},
                                                                 {"unread", texts(part.unread)}};
                                         })},
                      {"notes", texts(report.notes)}});
}

std::string as_json(const LoadReport& report) {
    const NewBatch& load = report.batch.load;
    return json_line({{"batch", report.batch.number.value},
                      {"data_set", short_name(load.set)},
                      {"month", to_text(load.month)},
                      {"extract", to_text(load.stage)},
                      {"layout", load.layout},
                      {"already_loaded", report.already_loaded},
                      {"rows_in", load.rows.in},
                      {"accepted", load.rows.accepted},
                      {"rejected", load.rows.rejected},
                      {"warned", load.rows.warned},
                      {"reasons", array_of(load.reasons,
                                           [](const ReasonCount& reason) {
                                               return json::object{{"reason", reason.reason},
                                                                   {"severity", reason.severity},
                                                                   {"count", reason.count}};
                                           })},
                      {"rejects_file", report.rejects.string()},
                      {"totals", totals_json(report.totals)},
                      {"seconds", report.seconds}});
}

std::string as_json(const CloseReport& report) {
    const NewClosing& closing = report.closing.closing;
    return json_line({{"month", to_text(closing.month)},
                      {"closing", report.closing.sequence},
                      {"already_closed", report.already_closed},
                      {"tariffs", array_of(closing.tariffs,
                                           [](const ClosingTariff& tariff) {
                                               return json::object{{"year", to_text(tariff.year)},
                                                                   {"version", tariff.version}};
                                           })},
                      {"totals", totals_json(closing.totals)},
                      {"warnings", texts(report.warnings)},
                      {"seconds", report.seconds}});
}

std::string as_json(const PriceFileReport& report) {
    return json_line({{"rows_in", report.rows_in},
                      {"totals", totals_json(report.totals)},
                      {"agreements", array_of(report.agreements,
                                              [](const FieldAgreement& field) {
                                                  return json::object{{"field", field.field},
                                                                      {"compared", field.compared},
                                                                      {"agreed", field.agreed}};
                                              })},
                      {"differences_file", report.differences.string()},
                      {"refused", texts(report.refused)}});
}

std::string as_json(const Verification& verification) {
    return json_line({{"good", verification.good()},
                      {"checks", array_of(verification.checks,
                                          [](const Verification::Check& check) {
                                              return json::object{{"what", check.what},
                                                                  {"good", check.good},
                                                                  {"says", check.says}};
                                          })},
                      {"orphans", texts(verification.orphans)}});
}

}  // namespace purse
