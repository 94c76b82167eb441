#include "intake/finding.hpp"

#include "tables/delimited.hpp"

namespace purse {

namespace {

void replace(std::string& text, std::string_view place, std::string_view by) {
    for (auto at = text.find(place); at != std::string::npos;
         at = text.find(place, at + by.size())) {
        text.replace(at, place.size(), by);
    }
}

std::string filled_in(std::string sentence, const Finding& finding) {
    replace(sentence, "{field}", finding.field);
    replace(sentence, "{value}", finding.value);
    return sentence;
}

}  // namespace

std::string says(const ValidationRules& rules, const Finding& finding) {
    return filled_in(rules.of(finding.reason).says, finding);
}

std::string rejects_heading() {
    return "severity,line,column,record_id,provider,practice,field,value,reason,says,remedy\n";
}

void append_reject(std::string& csv, const ValidationRules& rules, const Finding& finding) {
    csv += csv_line({finding.severity == Severity::reject ? "reject" : "warning",
                     std::to_string(finding.line),
                     finding.column == 0 ? std::string() : std::to_string(finding.column),
                     finding.record_id, finding.provider, finding.practice, finding.field,
                     finding.value, std::string(code_of(finding.reason)), says(rules, finding),
                     filled_in(rules.of(finding.reason).remedy, finding)});
}

std::string rejects_csv(const ValidationRules& rules, const std::vector<Finding>& findings) {
    std::string csv = rejects_heading();
    for (const Finding& finding : findings) append_reject(csv, rules, finding);
    return csv;
}

}  // namespace purse
