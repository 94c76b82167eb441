// The handlers of the routes, by what they are about. Each reads what the request asks, calls the
// desk or the accounts, and writes the answer; who may ask was settled before (front_door.hpp).
#pragma once

#include "api/office.hpp"

namespace purse {

// service_handlers.cpp
Result<HttpResponse> tell_health(Office& office, const Asked& asked);
Result<HttpResponse> tell_metrics(Office& office, const Asked& asked);

// session_handlers.cpp
Result<HttpResponse> who_am_i(Office& office, const Asked& asked);
Result<HttpResponse> sign_in(Office& office, const Asked& asked);
Result<HttpResponse> sign_out(Office& office, const Asked& asked);
Result<HttpResponse> change_password(Office& office, const Asked& asked);
Result<HttpResponse> offer_second_factor(Office& office, const Asked& asked);
Result<HttpResponse> confirm_second_factor(Office& office, const Asked& asked);
Result<HttpResponse> remove_second_factor(Office& office, const Asked& asked);
Result<HttpResponse> ask_for_link(Office& office, const Asked& asked);
Result<HttpResponse> use_link(Office& office, const Asked& asked);

// provider_handlers.cpp
Result<HttpResponse> tell_ways_to_sign_in(Office& office, const Asked& asked);
Result<HttpResponse> go_to_provider(Office& office, const Asked& asked);
Result<HttpResponse> come_from_provider(Office& office, const Asked& asked);

// figure_handlers.cpp
Result<HttpResponse> list_months(Office& office, const Asked& asked);
Result<HttpResponse> list_practices(Office& office, const Asked& asked);
Result<HttpResponse> read_statement(Office& office, const Asked& asked);
Result<HttpResponse> why_line(Office& office, const Asked& asked);
Result<HttpResponse> explain_one_record(Office& office, const Asked& asked);
Result<HttpResponse> read_summary(Office& office, const Asked& asked);

// forecast_handlers.cpp
Result<HttpResponse> read_forecast(Office& office, const Asked& asked);
Result<HttpResponse> read_all_forecasts(Office& office, const Asked& asked);
Result<HttpResponse> why_forecast(Office& office, const Asked& asked);
Result<HttpResponse> read_load_changes(Office& office, const Asked& asked);

// variance_handlers.cpp
Result<HttpResponse> read_variance(Office& office, const Asked& asked);
Result<HttpResponse> why_variance(Office& office, const Asked& asked);
Result<HttpResponse> list_patients(Office& office, const Asked& asked);
Result<HttpResponse> reprice_practice(Office& office, const Asked& asked);
Result<HttpResponse> reprice_site(Office& office, const Asked& asked);

// pack_handlers.cpp
Result<HttpResponse> read_pack(Office& office, const Asked& asked);

// benchmark_handlers.cpp
Result<HttpResponse> read_peers(Office& office, const Asked& asked);
Result<HttpResponse> read_practice_measure(Office& office, const Asked& asked);
Result<HttpResponse> rebase_a_chart(Office& office, const Asked& asked);
Result<HttpResponse> list_measures(Office& office, const Asked& asked);
Result<HttpResponse> read_measure(Office& office, const Asked& asked);
Result<HttpResponse> read_prescribing(Office& office, const Asked& asked);

// alert_handlers.cpp
Result<HttpResponse> list_practice_alerts(Office& office, const Asked& asked);
Result<HttpResponse> list_alerts(Office& office, const Asked& asked);
Result<HttpResponse> read_alert_letters(Office& office, const Asked& asked);
Result<HttpResponse> set_own_alert_letters(Office& office, const Asked& asked);

// challenge_handlers.cpp
Result<HttpResponse> find_errors(Office& office, const Asked& asked);
Result<HttpResponse> dismiss_error(Office& office, const Asked& asked);
Result<HttpResponse> list_own_challenges(Office& office, const Asked& asked);
Result<HttpResponse> list_all_challenges(Office& office, const Asked& asked);
Result<HttpResponse> mark_one(Office& office, const Asked& asked);
Result<HttpResponse> read_one_challenge(Office& office, const Asked& asked);
Result<HttpResponse> act_on_challenge(Office& office, const Asked& asked);
Result<HttpResponse> read_challenge_figures(Office& office, const Asked& asked);
Result<HttpResponse> read_own_return(Office& office, const Asked& asked);
Result<HttpResponse> read_return(Office& office, const Asked& asked);
Result<HttpResponse> read_provider_file(Office& office, const Asked& asked);
Result<HttpResponse> take_answers(Office& office, const Asked& asked);

// budget_handlers.cpp
Result<HttpResponse> read_budget_year(Office& office, const Asked& asked);
Result<HttpResponse> list_drafts(Office& office, const Asked& asked);
Result<HttpResponse> read_waterfall(Office& office, const Asked& asked);
Result<HttpResponse> read_dialogue(Office& office, const Asked& asked);
Result<HttpResponse> act_on_dialogue(Office& office, const Asked& asked);
Result<HttpResponse> act_on_all_dialogues(Office& office, const Asked& asked);

// data_handlers.cpp
Result<HttpResponse> read_data_status(Office& office, const Asked& asked);
Result<HttpResponse> list_batches(Office& office, const Asked& asked);
Result<HttpResponse> read_rejects(Office& office, const Asked& asked);

// job_handlers.cpp
Result<HttpResponse> upload_extract(Office& office, const Asked& asked);
Result<HttpResponse> close_a_month(Office& office, const Asked& asked);
Result<HttpResponse> list_jobs(Office& office, const Asked& asked);
Result<HttpResponse> read_job(Office& office, const Asked& asked);
Result<HttpResponse> follow_job(Office& office, const Asked& asked);

// governance_handlers.cpp
Result<HttpResponse> search_audit(Office& office, const Asked& asked);
Result<HttpResponse> list_accounts(Office& office, const Asked& asked);
Result<HttpResponse> create_account(Office& office, const Asked& asked);
Result<HttpResponse> read_account(Office& office, const Asked& asked);
Result<HttpResponse> change_account(Office& office, const Asked& asked);
Result<HttpResponse> make_password_link(Office& office, const Asked& asked);

}  // namespace purse
