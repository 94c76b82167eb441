#include "warehouse/loading.hpp"

#include <fmt/format.h>

#include <fstream>
#include <stdexcept>

#include "warehouse/durable_file.hpp"

namespace purse {

namespace {

constexpr std::size_t most_shown = 100;

// Counts what was found and writes the rejects file as it comes.
class FindingsBook {
  public:
    FindingsBook(const LoadRequest& request, LoadSummary& summary)
        : request_(request), summary_(summary) {
        if (request.rejects_out.empty()) return;
        file_.open(request.rejects_out, std::ios::binary | std::ios::trunc);
        file_ << rejects_heading();
    }

    void add(const std::vector<Finding>& findings) {
        std::string lines;
        for (const Finding& finding : findings) add(finding, lines);
        if (file_.is_open()) file_ << lines;
    }

    void close() {
        if (!file_.is_open()) return;
        file_.close();
        if (!file_) {
            throw std::runtime_error(
                fmt::format("cannot write {}: is the disk full?", request_.rejects_out.string()));
        }
    }

  private:
    void add(const Finding& finding, std::string& lines) {
        const std::string reason(code_of(finding.reason));
        if (finding.severity == Severity::reject) {
            RejectedRows& count = summary_.rejected[reason];
            count.rows += finding.rows;
            count.actual_cost += finding.actual_cost;
            if (finding.rows > 0) {
                summary_.rejected_by_practice[{finding.practice, reason}] += finding.rows;
            }
            if (summary_.first_rejects.size() < most_shown) {
                summary_.first_rejects.push_back(finding);
            }
        } else if (++summary_.warned[reason] > request_.most_warnings_listed) {
            return;
        }
        if (file_.is_open()) append_reject(lines, request_.read.context.rules, finding);
    }

    const LoadRequest& request_;
    LoadSummary& summary_;
    std::ofstream file_;
};

Finding finding_of(const DuplicateRecord& duplicate, const ReadRequest& request) {
    Finding finding;
    finding.line = static_cast<std::uint64_t>(duplicate.line);
    finding.reason = duplicate.same_spell ? Reason::duplicate_spell : Reason::duplicate_record;
    finding.severity = Severity::reject;
    finding.field = request.context.set == DataSet::prescribing ? "bnf_code"
                    : duplicate.same_spell                      ? "spell_id"
                                                                : "record_id";
    finding.value = duplicate.record_id;
    finding.record_id = duplicate.record_id;
    finding.practice = duplicate.practice;
    finding.provider = duplicate.provider;
    finding.rows = 1;
    finding.actual_cost = FinePence(duplicate.actual_cost);
    return finding;
}

void reject_duplicates(const LoadRequest& request, LoadSummary& summary, FindingsBook& book) {
    std::vector<Finding> findings;
    for (const DuplicateRecord& duplicate : summary.written.duplicates) {
        findings.push_back(finding_of(duplicate, request.read));
        MoneyTotals money;
        money.net_ingredient_cost = FinePence(duplicate.net_ingredient_cost);
        money.actual_cost = FinePence(duplicate.actual_cost);
        summary.totals.money_rejected += money;
    }
    book.add(findings);
    summary.totals.rows_rejected += findings.size();
    summary.totals.records -= findings.size();
}

}  // namespace

Result<LoadSummary> load_file(const LoadRequest& request) {
    std::filesystem::create_directories(request.read.staging_folder);
    LoadSummary summary;
    RecordsWriter writer(request.read.context.set, request.read.staging_folder, request.limits);
    FindingsBook book(request, summary);
    const RecordSink sink{
        .records = [&](std::uint64_t sequence, const RecordBatch& batch,
                       const GivenColumns&) { writer.append(sequence, batch); },
        .findings = [&](const std::vector<Finding>& findings) { book.add(findings); }};
    auto totals = read_records(request.read, sink);
    if (!totals) return totals.problem();
    summary.totals = std::move(totals).value();
    auto written = writer.finish(request.records_out);
    if (!written) return written.problem();
    summary.written = std::move(written).value();
    reject_duplicates(request, summary, book);
    book.close();
    CHECK(summary.written.rows == summary.totals.records);
    return summary;
}

}  // namespace purse
