#include "intake/record_checks.hpp"

#include <string>

namespace purse {

namespace {

void check_dates(const IntakePlan& plan, const CheckedRecord& record,
                 std::vector<Finding>& findings) {
    if (!record.costing_date) return;
    const Date day = *record.costing_date;
    const DataSet set = plan.context.set;
    const auto date_field = set == DataSet::admitted_care ? "discharge_date"
                            : set == DataSet::outpatients ? "appointment_date"
                            : set == DataSet::emergency   ? "arrival_date"
                                                          : "month";
    if (plan.context.month &&
        (day < plan.context.month->first_day() || day > plan.context.month->last_day())) {
        add_finding(plan, record.line, Reason::date_outside_month, date_field, to_text(day),
                    findings);
    }
    if (record.admission_date && day < *record.admission_date) {
        add_finding(plan, record.line, Reason::discharge_before_admission, date_field, to_text(day),
                    findings);
    }
}

void check_practice(const IntakePlan& plan, const CheckedRecord& record,
                    std::vector<Finding>& findings) {
    if (!plan.context.practices || record.practice.empty()) return;
    const std::uint64_t code = record.practice_code;
    const PracticeSpan* span = code == bad_code ? nullptr : plan.context.practices->find(code);
    if (span == nullptr) {
        if (plan.no_practice.contains(code)) return;
        add_finding(plan, record.line, Reason::unknown_practice, "practice", record.practice,
                    findings);
    } else if (record.costing_date &&
               (*record.costing_date < span->opened || *record.costing_date > span->closed)) {
        add_finding(plan, record.line, Reason::practice_closed, "practice", record.practice,
                    findings);
    }
}

void check_hrg(const IntakePlan& plan, const CheckedRecord& record,
               std::vector<Finding>& findings) {
    if (record.hrg.empty()) {
        if (plan.context.rules.hrg_expected[static_cast<std::size_t>(plan.context.set)]) {
            add_finding(plan, record.line, Reason::ungrouped_hrg, "hrg", "", findings);
        }
        return;
    }
    const std::uint64_t code = record.hrg_code;
    if (plan.ungrouped.contains(code)) {
        add_finding(plan, record.line, Reason::ungrouped_hrg, "hrg", record.hrg, findings);
    } else if (plan.context.hrgs && !plan.context.hrgs->contains(code)) {
        add_finding(plan, record.line, Reason::hrg_not_in_tariff, "hrg", record.hrg, findings);
    }
}

}  // namespace

void add_finding(const IntakePlan& plan, std::uint64_t line, Reason reason, std::string_view field,
                 std::string_view value, std::vector<Finding>& findings) {
    Finding& finding = findings.emplace_back();
    finding.line = line;
    finding.reason = reason;
    finding.severity = plan.context.rules.of(reason).severity;
    finding.field = plan.heading_of(field);
    finding.value = value;
}

void check_record(const IntakePlan& plan, const CheckedRecord& record,
                  std::vector<Finding>& findings) {
    check_dates(plan, record, findings);
    check_practice(plan, record, findings);
    if (plan.context.set == DataSet::prescribing) return;
    check_hrg(plan, record, findings);
    if (record.days_out_of_stay == 0 || !record.admission_date || !record.costing_date) return;
    const int stay = *record.costing_date - *record.admission_date;
    if (stay >= 0 && record.days_out_of_stay > stay + 1) {
        add_finding(plan, record.line, Reason::days_exceed_stay, "critical_care_days",
                    std::to_string(record.days_out_of_stay), findings);
    }
}

}  // namespace purse
