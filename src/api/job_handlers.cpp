#include <fmt/format.h>

#include <boost/json.hpp>

#include "api/handlers.hpp"
#include "desk/alerts.hpp"
#include "desk/closes.hpp"
#include "desk/loads.hpp"
#include "money/grouped.hpp"

namespace purse {

namespace {

namespace json = boost::json;
namespace fs = std::filesystem;

std::string author_of(const Person& person) {
    return person.full_name.empty() ? person.name : person.full_name;
}

Result<LoadCommand> load_asked(const Asked& asked) {
    LoadCommand command;
    const auto set = parse_data_set(asked.text("data_set"));
    if (!set) return set.problem();
    const auto month = parse_month(asked.text("month"));
    if (!month) return month.problem();
    const auto stage = parse_extract(asked.text("extract"));
    if (!stage) return stage.problem();
    command.set = *set;
    command.month = *month;
    command.stage = *stage;
    command.layout = asked.request.target.asked("layout");
    // The command line takes the path of a layout file here; a caller from outside only names one.
    if (command.layout && command.layout->find_first_of("/\\.") != std::string::npos) {
        return bad_input(fmt::format("'{}' is not a layout's name", *command.layout));
    }
    return command;
}

Result<std::string> file_name_asked(const Asked& asked) {
    std::string name = asked.text("file_name");
    if (name.empty() || name.size() > 200 || name.front() == '.' ||
        name.find_first_of("/\\") != std::string::npos) {
        return bad_input(fmt::format("'{}' is not a file's name", name));
    }
    return name;
}

JobResult result_of(const LoadReport& report) {
    const NewBatch& load = report.batch.load;
    const std::string says =
        report.already_loaded
            ? fmt::format("the same file was loaded before as batch {}: nothing has changed",
                          report.batch.number.value)
            : fmt::format("batch {}: {} of {} records accepted, {} rejected",
                          report.batch.number.value, grouped(load.rows.accepted),
                          grouped(load.rows.in), grouped(load.rows.rejected));
    return {says, json::serialize(json::object{{"batch", report.batch.number.value},
                                               {"already_loaded", report.already_loaded},
                                               {"rows_in", load.rows.in},
                                               {"accepted", load.rows.accepted},
                                               {"rejected", load.rows.rejected}})};
}

JobResult result_of(const CloseReport& report) {
    const std::string month = in_words(report.closing.closing.month);
    const std::string says =
        report.already_closed
            ? fmt::format("{} was closed with the same data before: nothing has changed", month)
            : fmt::format("{} is closed (closing {})", month, report.closing.sequence);
    json::array warnings;
    for (const std::string& warning : report.warnings) warnings.emplace_back(warning);
    return {says, json::serialize(json::object{{"month", to_text(report.closing.closing.month)},
                                               {"closing", report.closing.sequence},
                                               {"already_closed", report.already_closed},
                                               {"warnings", std::move(warnings)}})};
}

HttpResponse job_taken(const Job& job) {
    HttpResponse response = json_response(job_json(job), 202);
    response.with("Location", fmt::format("/api/v1/jobs/{}", job.number));
    return response;
}

// Gone with the job, however it ends.
struct UploadFolder {
    fs::path path;
    ~UploadFolder() {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
};

JobWork loading(Office& office, const Actor& actor, const LoadCommand& command,
                std::shared_ptr<const UploadFolder> folder) {
    return [&office, actor, command,
            kept = std::move(folder)](const JobProgress& progress) -> Result<JobResult> {
        Site site = office.site.acting_for(actor);
        const auto reports = load(site, command, progress);
        if (!reports) return reports.problem();
        return result_of(reports->front());
    };
}

JobWork closing(Office& office, const Actor& actor, Month month) {
    return [&office, actor, month](const JobProgress& progress) -> Result<JobResult> {
        Site site = office.site.acting_for(actor);
        const auto report = close_month(site, month, progress);
        if (!report) return report.problem();
        const std::string began = report->already_closed ? "" : alerts_after_closing(site, month);
        office.months.look_again();
        // Opened before the job is said to be done: whoever looks then does not wait.
        (void)office.months.open(office.site, month);
        JobResult result = result_of(*report);
        if (!began.empty()) result.says += "; " + began;
        return result;
    };
}

Result<Job> job_asked(const Office& office, const Asked& asked) {
    const auto number = asked.number("job");
    if (!number) return number.problem();
    const auto job = office.jobs.find(*number);
    if (!job) return not_found(fmt::format("there is no job {} since the server began", *number));
    return *job;
}

}  // namespace

Result<HttpResponse> upload_extract(Office& office, const Asked& asked) {
    auto folder = std::make_shared<UploadFolder>();
    folder->path = asked.request.body_file.string() + ".folder";
    // Whatever is refused, the file that was sent is gone.
    const UploadFolder sent{asked.request.body_file};
    auto command = load_asked(asked);
    if (!command) return command.problem();
    const auto name = file_name_asked(asked);
    if (!name) return name.problem();
    fs::create_directories(folder->path);
    const fs::path file = folder->path / *name;
    fs::rename(asked.request.body_file, file);
    command->files = {file};
    const std::string title = fmt::format("load {} of {} ({})", short_name(command->set),
                                          to_text(command->month), to_text(command->stage));
    const auto job = office.jobs.take("load", title, author_of(asked.person()),
                                      loading(office, asked.actor(), *command, folder));
    if (!job) return job.problem();
    return job_taken(*job);
}

Result<HttpResponse> close_a_month(Office& office, const Asked& asked) {
    const auto month = asked.month();
    if (!month) return month.problem();
    const auto job =
        office.jobs.take("close", "close " + to_text(*month), author_of(asked.person()),
                         closing(office, asked.actor(), *month));
    if (!job) return job.problem();
    return job_taken(*job);
}

Result<HttpResponse> list_jobs(Office& office, const Asked& /*asked*/) {
    std::string items;
    for (const Job& job : office.jobs.all()) items += (items.empty() ? "" : ",") + job_json(job);
    return json_response("{\"items\":[" + items + "]}");
}

Result<HttpResponse> read_job(Office& office, const Asked& asked) {
    const auto job = job_asked(office, asked);
    if (!job) return job.problem();
    return json_response(job_json(*job));
}

Result<HttpResponse> follow_job(Office& office, const Asked& asked) {
    const auto job = job_asked(office, asked);
    if (!job) return job.problem();
    HttpResponse response;
    response.follow_job = job->number;
    return response;
}

}  // namespace purse
