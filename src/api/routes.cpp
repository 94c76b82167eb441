#include "api/routes.hpp"

#include <array>

#include "api/handlers.hpp"
#include "api/path_pattern.hpp"

namespace purse {

namespace {

using enum Entry;
using enum BodyKind;

constexpr std::string_view statement_path = "/api/v1/practices/{practice}/statement";
constexpr std::string_view why_path = "/api/v1/practices/{practice}/statement/{line}/why";
constexpr std::string_view record_path = "/api/v1/practices/{practice}/records/{record}/working";
constexpr std::string_view waterfall_path = "/api/v1/practices/{practice}/budgets/{year}/waterfall";
constexpr std::string_view dialogue_path = "/api/v1/practices/{practice}/budgets/{year}/dialogue";
constexpr std::string_view steps_path =
    "/api/v1/practices/{practice}/budgets/{year}/dialogue/steps";

constexpr std::array table = {
    Route{"health", "GET", "/health", everybody, {}, none, tell_health},
    Route{"metrics", "GET", "/metrics", this_machine, {}, none, tell_metrics},

    Route{"whoAmI", "GET", "/api/v1/session", signed_in, {}, none, who_am_i},
    Route{"signIn", "POST", "/api/v1/session", everybody, {}, json, sign_in},
    Route{"signOut", "DELETE", "/api/v1/session", signed_in, {}, none, sign_out},
    Route{
        "changePassword", "POST", "/api/v1/session/password", signed_in, {}, json, change_password},
    Route{"offerSecondFactor",
          "POST",
          "/api/v1/session/second-factor",
          signed_in,
          {},
          json,
          offer_second_factor},
    Route{"removeSecondFactor",
          "DELETE",
          "/api/v1/session/second-factor",
          signed_in,
          {},
          json,
          remove_second_factor},
    Route{"confirmSecondFactor",
          "POST",
          "/api/v1/session/second-factor/confirmation",
          signed_in,
          {},
          json,
          confirm_second_factor},
    Route{"askForLink", "POST", "/api/v1/password-links", everybody, {}, json, ask_for_link},
    Route{"useLink", "POST", "/api/v1/password-links/used", everybody, {}, json, use_link},

    Route{"listMonths", "GET", "/api/v1/months", signed_in, {}, none, list_months},
    Route{"listPractices", "GET", "/api/v1/practices", with_permission, Action::read_organisations,
          none, list_practices},
    Route{"readStatement", "GET", statement_path, with_permission, Action::read_statement, none,
          read_statement},
    Route{"whyLine", "GET", why_path, with_permission, Action::read_statement, none, why_line},
    Route{"explainRecord", "GET", record_path, with_permission, Action::read_patient_rows, none,
          explain_one_record},
    Route{"readSummary", "GET", "/api/v1/summary", with_permission, Action::read_summary, none,
          read_summary},

    Route{"readForecast", "GET", "/api/v1/practices/{practice}/forecast", with_permission,
          Action::read_statement, none, read_forecast},
    Route{"whyForecast", "GET", "/api/v1/practices/{practice}/forecast/{line}/why", with_permission,
          Action::read_statement, none, why_forecast},
    Route{"readAllForecasts", "GET", "/api/v1/forecast", with_permission, Action::read_summary,
          none, read_all_forecasts},

    Route{"readBudgetYear", "GET", "/api/v1/budgets/{year}", with_permission, Action::read_drafts,
          none, read_budget_year},
    Route{"listDrafts", "GET", "/api/v1/budgets/{year}/drafts", with_permission,
          Action::read_drafts, none, list_drafts},
    Route{"actOnAllDialogues", "POST", "/api/v1/budgets/{year}/steps", with_permission,
          Action::read_drafts, json, act_on_all_dialogues},
    Route{"readWaterfall", "GET", waterfall_path, with_permission, Action::read_budget, none,
          read_waterfall},
    Route{"readDialogue", "GET", dialogue_path, with_permission, Action::read_budget, none,
          read_dialogue},
    Route{"actOnDialogue", "POST", steps_path, with_permission, Action::read_budget, json,
          act_on_dialogue},

    Route{"readDataStatus", "GET", "/api/v1/data", with_permission, Action::read_loads, none,
          read_data_status},
    Route{"listBatches", "GET", "/api/v1/batches", with_permission, Action::read_loads, none,
          list_batches},
    Route{"readRejects", "GET", "/api/v1/batches/{batch}/rejects", with_permission,
          Action::load_records, none, read_rejects},
    Route{"readLoadChanges", "GET", "/api/v1/batches/{batch}/changes", with_permission,
          Action::read_loads, none, read_load_changes},
    Route{"uploadExtract", "POST", "/api/v1/uploads", with_permission, Action::load_records, upload,
          upload_extract},
    Route{"closeMonth", "POST", "/api/v1/months/{month}/closings", with_permission,
          Action::close_month, none, close_a_month},
    Route{"listJobs", "GET", "/api/v1/jobs", with_permission, Action::read_loads, none, list_jobs},
    Route{"readJob", "GET", "/api/v1/jobs/{job}", with_permission, Action::read_loads, none,
          read_job},
    Route{"followJob", "GET", "/api/v1/jobs/{job}/events", with_permission, Action::read_loads,
          none, follow_job},

    Route{"searchAudit", "GET", "/api/v1/audit", with_permission, Action::search_audit, none,
          search_audit},
    Route{"listAccounts", "GET", "/api/v1/accounts", with_permission, Action::manage_accounts, none,
          list_accounts},
    Route{"createAccount", "POST", "/api/v1/accounts", with_permission, Action::manage_accounts,
          json, create_account},
    Route{"readAccount", "GET", "/api/v1/accounts/{account}", with_permission,
          Action::manage_accounts, none, read_account},
    Route{"changeAccount", "PATCH", "/api/v1/accounts/{account}", with_permission,
          Action::manage_accounts, json, change_account},
    Route{"makePasswordLink", "POST", "/api/v1/accounts/{account}/link", with_permission,
          Action::manage_accounts, none, make_password_link},
};

}  // namespace

std::span<const Route> routes() { return table; }

Matched match(std::string_view method, const Target& target) {
    Matched matched;
    for (const Route& route : table) {
        auto in_path = fitted(route.path, target);
        if (!in_path) continue;
        if (route.method == method || (method == "HEAD" && route.method == "GET")) {
            return {&route, *std::move(in_path), false};
        }
        matched.other_methods = true;
    }
    return matched;
}

}  // namespace purse
