#include "api/routes.hpp"

#include <array>

#include "api/handlers.hpp"
#include "api/path_pattern.hpp"

namespace purse {

namespace {

constexpr std::string_view statement_path = "/api/v1/practices/{practice}/statement";
constexpr std::string_view why_path = "/api/v1/practices/{practice}/statement/{line}/why";
constexpr std::string_view record_path = "/api/v1/practices/{practice}/records/{record}/working";
constexpr std::string_view variance_path = "/api/v1/practices/{practice}/variance";
constexpr std::string_view variance_why_path = "/api/v1/practices/{practice}/variance/{part}/why";
constexpr std::string_view patients_path = "/api/v1/practices/{practice}/patients/{kind}";
constexpr std::string_view repricing_path = "/api/v1/practices/{practice}/repricing";
constexpr std::string_view peers_path = "/api/v1/practices/{practice}/peers";
constexpr std::string_view practice_measure_path =
    "/api/v1/practices/{practice}/measures/{measure}";
constexpr std::string_view rebases_path = "/api/v1/practices/{practice}/measures/{measure}/rebases";
constexpr std::string_view practice_alerts_path = "/api/v1/practices/{practice}/alerts";
constexpr std::string_view waterfall_path = "/api/v1/practices/{practice}/budgets/{year}/waterfall";
constexpr std::string_view dialogue_path = "/api/v1/practices/{practice}/budgets/{year}/dialogue";
constexpr std::string_view steps_path =
    "/api/v1/practices/{practice}/budgets/{year}/dialogue/steps";

constexpr std::string_view errors_path = "/api/v1/practices/{practice}/likely-errors";
constexpr std::string_view dismissed_path = "/api/v1/practices/{practice}/likely-errors/dismissed";
constexpr std::string_view challenges_path = "/api/v1/practices/{practice}/challenges";
constexpr std::string_view challenge_path = "/api/v1/practices/{practice}/challenges/{challenge}";
constexpr std::string_view challenge_steps_path =
    "/api/v1/practices/{practice}/challenges/{challenge}/steps";
constexpr std::string_view challenge_figures_path =
    "/api/v1/practices/{practice}/challenge-figures";
constexpr std::string_view own_return_path = "/api/v1/practices/{practice}/challenge-return";

constexpr auto route_table = [] {
    using enum Entry;
    using enum BodyKind;
    return std::array{
        Route{"health", "GET", "/health", everybody, {}, none, tell_health},
        Route{"metrics", "GET", "/metrics", this_machine, {}, none, tell_metrics},

        Route{"whoAmI", "GET", "/api/v1/session", signed_in, {}, none, who_am_i},
        Route{"signIn", "POST", "/api/v1/session", everybody, {}, json, sign_in},
        Route{"signOut", "DELETE", "/api/v1/session", signed_in, {}, none, sign_out},
        Route{"changePassword",
              "POST",
              "/api/v1/session/password",
              signed_in,
              {},
              json,
              change_password},
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

        Route{"waysToSignIn", "GET", "/api/v1/sign-in", everybody, {}, none, tell_ways_to_sign_in},
        Route{
            "goToProvider", "GET", "/api/v1/sign-in/provider", everybody, {}, none, go_to_provider},
        Route{"comeFromProvider",
              "GET",
              open_id_answer_path,
              everybody,
              {},
              none,
              come_from_provider},

        Route{"listMonths", "GET", "/api/v1/months", signed_in, {}, none, list_months},
        Route{"listPractices", "GET", "/api/v1/practices", with_permission,
              Action::read_organisations, none, list_practices},
        Route{"readStatement", "GET", statement_path, with_permission, Action::read_statement, none,
              read_statement},
        Route{"whyLine", "GET", why_path, with_permission, Action::read_statement, none, why_line},
        Route{"explainRecord", "GET", record_path, with_permission, Action::read_patient_rows, none,
              explain_one_record},
        Route{"readVariance", "GET", variance_path, with_permission, Action::read_statement, none,
              read_variance},
        Route{"whyVariance", "GET", variance_why_path, with_permission, Action::read_statement,
              none, why_variance},
        Route{"listPatients", "GET", patients_path, with_permission, Action::read_patient_rows,
              none, list_patients},
        Route{"repricePractice", "GET", repricing_path, with_permission, Action::read_statement,
              none, reprice_practice},
        Route{"repriceSite", "GET", "/api/v1/repricing", with_permission, Action::read_drafts, none,
              reprice_site},
        Route{"readPack", "GET", "/api/v1/practices/{practice}/pack", with_permission,
              Action::read_statement, none, read_pack},
        Route{"readSummary", "GET", "/api/v1/summary", with_permission, Action::read_summary, none,
              read_summary},

        Route{"readForecast", "GET", "/api/v1/practices/{practice}/forecast", with_permission,
              Action::read_statement, none, read_forecast},
        Route{"whyForecast", "GET", "/api/v1/practices/{practice}/forecast/{line}/why",
              with_permission, Action::read_statement, none, why_forecast},
        Route{"readAllForecasts", "GET", "/api/v1/forecast", with_permission, Action::read_summary,
              none, read_all_forecasts},

        Route{"readPeers", "GET", peers_path, with_permission, Action::read_statement, none,
              read_peers},
        Route{"readPracticeMeasure", "GET", practice_measure_path, with_permission,
              Action::read_statement, none, read_practice_measure},
        Route{"rebaseChart", "POST", rebases_path, with_permission, Action::rebase_chart, json,
              rebase_a_chart},
        Route{"readPrescribing", "GET", "/api/v1/practices/{practice}/prescribing", with_permission,
              Action::read_statement, none, read_prescribing},
        Route{"listMeasures", "GET", "/api/v1/measures", with_permission, Action::compare_practices,
              none, list_measures},
        Route{"readMeasure", "GET", "/api/v1/measures/{measure}", with_permission,
              Action::compare_practices, none, read_measure},

        Route{"listPracticeAlerts", "GET", practice_alerts_path, with_permission,
              Action::read_statement, none, list_practice_alerts},
        Route{"listAlerts", "GET", "/api/v1/alerts", with_permission, Action::compare_practices,
              none, list_alerts},
        Route{"readAlertLetters",
              "GET",
              "/api/v1/session/alert-letters",
              signed_in,
              {},
              none,
              read_alert_letters},
        Route{"setAlertLetters",
              "PUT",
              "/api/v1/session/alert-letters",
              signed_in,
              {},
              json,
              set_own_alert_letters},

        Route{"findLikelyErrors", "GET", errors_path, with_permission, Action::read_patient_rows,
              none, find_errors},
        Route{"dismissLikelyError", "POST", dismissed_path, with_permission, Action::query_record,
              json, dismiss_error},
        Route{"listPracticeChallenges", "GET", challenges_path, with_permission,
              Action::read_challenges, none, list_own_challenges},
        Route{"markChallenge", "POST", challenges_path, with_permission, Action::query_record, json,
              mark_one},
        Route{"readChallenge", "GET", challenge_path, with_permission, Action::read_challenges,
              none, read_one_challenge},
        Route{"actOnChallenge", "POST", challenge_steps_path, with_permission,
              Action::read_challenges, json, act_on_challenge},
        Route{"readChallengeFigures", "GET", challenge_figures_path, with_permission,
              Action::read_challenges, none, read_challenge_figures},
        Route{"readPracticeReturn", "GET", own_return_path, with_permission,
              Action::read_challenges, none, read_own_return},
        Route{"listChallenges", "GET", "/api/v1/challenges", with_permission,
              Action::read_challenges, none, list_all_challenges},
        Route{"readReturn", "GET", "/api/v1/challenge-return", with_permission,
              Action::read_challenges, none, read_return},
        Route{"readProviderFile", "GET", "/api/v1/challenge-files/{provider}", with_permission,
              Action::answer_query, none, read_provider_file},
        Route{"takeProviderAnswers", "POST", "/api/v1/challenge-files/{provider}/answers",
              with_permission, Action::answer_query, json, take_answers},

        Route{"readBudgetYear", "GET", "/api/v1/budgets/{year}", with_permission,
              Action::read_drafts, none, read_budget_year},
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
        Route{"uploadExtract", "POST", "/api/v1/uploads", with_permission, Action::load_records,
              upload, upload_extract},
        Route{"closeMonth", "POST", "/api/v1/months/{month}/closings", with_permission,
              Action::close_month, none, close_a_month},
        Route{"listJobs", "GET", "/api/v1/jobs", with_permission, Action::read_loads, none,
              list_jobs},
        Route{"readJob", "GET", "/api/v1/jobs/{job}", with_permission, Action::read_loads, none,
              read_job},
        Route{"followJob", "GET", "/api/v1/jobs/{job}/events", with_permission, Action::read_loads,
              none, follow_job},

        Route{"searchAudit", "GET", "/api/v1/audit", with_permission, Action::search_audit, none,
              search_audit},
        Route{"listAccounts", "GET", "/api/v1/accounts", with_permission, Action::manage_accounts,
              none, list_accounts},
        Route{"createAccount", "POST", "/api/v1/accounts", with_permission, Action::manage_accounts,
              json, create_account},
        Route{"readAccount", "GET", "/api/v1/accounts/{account}", with_permission,
              Action::manage_accounts, none, read_account},
        Route{"changeAccount", "PATCH", "/api/v1/accounts/{account}", with_permission,
              Action::manage_accounts, json, change_account},
        Route{"makePasswordLink", "POST", "/api/v1/accounts/{account}/link", with_permission,
              Action::manage_accounts, none, make_password_link},
    };
}();

}  // namespace

std::span<const Route> routes() { return route_table; }

Matched match(std::string_view method, const Target& target) {
    Matched matched;
    for (const Route& route : route_table) {
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
