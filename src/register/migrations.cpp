#include "register/migrations.hpp"

#include <array>

#include "register/account_tables.hpp"
#include "register/signal_tables.hpp"

namespace purse {

namespace {

constexpr std::array<std::string_view, 5> site_and_imports = {
    "create table setting (name text not null primary key, content text not null)",
    "create table imported_file ("
    " number bigint not null primary key, kind text not null, about text not null,"
    " file_name text not null, digest text not null, row_count bigint not null,"
    " imported_at text not null, unique (kind, about, digest))",
    "create table tariff ("
    " year bigint not null, version text not null, label text not null, folder text not null,"
    " file bigint not null references imported_file (number), sequence bigint not null,"
    " is_current bigint not null check (is_current in (0, 1)),"
    " primary key (year, version), unique (year, sequence))",
    "create unique index one_current_tariff on tariff (year) where is_current = 1",
    "create table event ("
    " number bigint not null primary key, happened_at text not null, who text not null,"
    " what text not null, detail text not null)",
};

constexpr std::array<std::string_view, 2> budgets = {
    // The profile is twelve whole numbers with blanks between, April first.
    "create table budget ("
    " file bigint not null references imported_file (number), practice text not null,"
    " year bigint not null, line text not null, annual_pence bigint not null, profile text,"
    " superseded_by bigint references imported_file (number),"
    " primary key (file, practice, year, line))",
    "create unique index one_budget_in_force on budget (practice, year, line)"
    " where superseded_by is null",
};

constexpr std::array<std::string_view, 7> loads = {
    "create table batch ("
    " number bigint not null primary key, content_key text not null unique,"
    " data_set text not null, month text not null, stage text not null, layout text not null,"
    " rows_in bigint not null, rows_accepted bigint not null, rows_rejected bigint not null,"
    " rows_warned bigint not null, thousandths_in bigint not null,"
    " thousandths_accepted bigint not null, thousandths_rejected bigint not null,"
    " records_path text not null, records_checksum text not null, rejects_path text not null,"
    " loaded_at text not null)",
    "create index batch_month on batch (data_set, month)",
    "create table batch_file ("
    " batch bigint not null references batch (number), place bigint not null,"
    " name text not null, digest text not null, primary key (batch, place))",
    "create table batch_reason ("
    " batch bigint not null references batch (number), place bigint not null,"
    " reason text not null, severity text not null, occurrences bigint not null,"
    " primary key (batch, place))",
    "create table batch_practice_reject ("
    " batch bigint not null references batch (number), place bigint not null,"
    " practice text not null, reason text not null, occurrences bigint not null,"
    " primary key (batch, place))",
    "create table batch_provider ("
    " batch bigint not null references batch (number), provider text not null,"
    " row_count bigint not null, primary key (batch, provider))",
    "create index batch_provider_code on batch_provider (provider)",
};

constexpr std::array<std::string_view, 4> closings = {
    "create table closing ("
    " number bigint not null primary key, month text not null, sequence bigint not null,"
    " closed_at text not null, folder text not null, cube_path text not null,"
    " cube_checksum text not null, charges_path text not null, charges_checksum text not null,"
    " other_inputs text not null, unique (month, sequence))",
    "create table closing_batch ("
    " closing bigint not null references closing (number), batch bigint not null,"
    " provider text not null, primary key (closing, batch, provider),"
    " foreign key (batch, provider) references batch_provider (batch, provider))",
    "create table closing_tariff ("
    " closing bigint not null references closing (number), year bigint not null,"
    " version text not null, primary key (closing, year, version),"
    " foreign key (year, version) references tariff (year, version))",
    "create table control_total ("
    " closing bigint not null references closing (number), place bigint not null,"
    " stage text not null, row_count bigint not null, thousandths bigint not null,"
    " primary key (closing, place))",
};

// Days are texts (2017-04-01); an empty text is a fact not known. `file` says which import the row
// came from.
constexpr std::array<std::string_view, 9> organisations = {
    "create table practice ("
    " code text not null primary key, name text not null, opened text not null,"
    " closed text not null, status text not null, setting text not null, postcode text not null,"
    " file bigint not null references imported_file (number))",
    "create table provider ("
    " code text not null primary key, name text not null, opened text not null,"
    " closed text not null, postcode text not null,"
    " file bigint not null references imported_file (number))",
    "create table commissioner ("
    " code text not null primary key, name text not null, parent text not null,"
    " file bigint not null references imported_file (number))",
    "create table network ("
    " code text not null primary key, name text not null, opened text not null,"
    " closed text not null, commissioner text not null,"
    " file bigint not null references imported_file (number))",
    "create table membership ("
    " practice text not null, kind text not null, parent text not null, first_day text not null,"
    " last_day text not null, file bigint not null references imported_file (number),"
    " primary key (practice, kind, parent, first_day))",
    "create table succession ("
    " practice text not null, successor text not null, first_day text not null,"
    " file bigint not null references imported_file (number), primary key (practice, successor))",
    "create table named_merger ("
    " practice text not null primary key, successor_name text not null,"
    " file bigint not null references imported_file (number))",
    "create table provider_succession ("
    " provider text not null, successor text not null, first_day text not null,"
    " file bigint not null references imported_file (number), primary key (provider, successor))",
    "create table commissioner_succession ("
    " commissioner text not null, successor text not null, percent text not null,"
    " file bigint not null references imported_file (number),"
    " primary key (commissioner, successor))",
};

constexpr std::array<std::string_view, 2> lists = {
    "create table list_size ("
    " practice text not null, as_at text not null, sex text not null, age_from bigint not null,"
    " age_to bigint not null, thousandths bigint not null,"
    " file bigint not null references imported_file (number),"
    " primary key (practice, as_at, sex, age_from, age_to))",
    "create table weighted_list ("
    " practice text not null, as_at text not null, thousandths bigint not null,"
    " file bigint not null references imported_file (number), primary key (practice, as_at))",
};

// A chain of events cannot fork: of one dialogue, two events never follow the same one.
constexpr std::array<std::string_view, 5> drafts_and_dialogues = {
    "create table draft ("
    " number bigint not null primary key, year bigint not null, name text not null,"
    " scheme text not null, made_at text not null, made_by text not null,"
    " derivation_path text not null, derivation_digest text not null, note text not null,"
    " digest text not null unique, unique (year, name))",
    "create table draft_amount ("
    " draft bigint not null references draft (number), practice text not null,"
    " line text not null, gross_pence bigint not null, risk_pool_pence bigint not null,"
    " management_pence bigint not null, net_pence bigint not null,"
    " primary key (draft, practice, line))",
    "create table draft_total ("
    " draft bigint not null references draft (number), line text not null,"
    " allocation_pence bigint not null, risk_pool_pence bigint not null,"
    " management_pence bigint not null, reserve_pence bigint not null,"
    " blocked_back_pence bigint not null, primary key (draft, line))",
    "create table dialogue_event ("
    " number bigint not null primary key, practice text not null, year bigint not null,"
    " version bigint not null, step text not null, role text not null, author text not null,"
    " happened_at text not null, says text not null, draft_digest text not null,"
    " on_table text not null, previous text not null, digest text not null unique,"
    " unique (practice, year, previous))",
    "create index dialogue_event_year on dialogue_event (year)",
};

// A chain of changes cannot fork: of one year, two never follow the same one.
constexpr std::array<std::string_view, 4> in_year_changes = {
    "create table in_year_change ("
    " number bigint not null primary key, year bigint not null, from_month text not null,"
    " draft_digest text not null, made_at text not null, author text not null,"
    " note text not null, previous text not null, digest text not null unique,"
    " unique (year, previous))",
    "create table in_year_move ("
    " change_number bigint not null references in_year_change (number), place bigint not null,"
    " kind text not null, line text not null, from_account text not null,"
    " to_account text not null, pence bigint not null check (pence >= 0),"
    " practice text not null, unfunded_pence bigint not null, reason text not null,"
    " primary key (change_number, place))",
    "create table in_year_list ("
    " change_number bigint not null references in_year_change (number), practice text not null,"
    " thousandths bigint not null, primary key (change_number, practice))",
    "create table in_year_movement ("
    " change_number bigint not null references in_year_change (number), place bigint not null,"
    " from_practice text not null, to_practice text not null, thousandths bigint not null,"
    " primary key (change_number, place))",
};

constexpr std::array<std::string_view, 1> closing_papers = {
    "create table closing_paper ("
    " closing bigint not null references closing (number), name text not null,"
    " path text not null, checksum text not null, primary key (closing, name))",
};

// A chain of events cannot fork: of one challenge, two events never follow the same one.
constexpr std::array<std::string_view, 6> challenges = {
    "create table challenge ("
    " number bigint not null primary key, practice text not null, account text not null,"
    " month text not null, provider text not null, reason text not null, note text not null,"
    " data_set text not null, batch bigint not null, file_line bigint not null,"
    " record_id text not null, what text not null, began text not null, ended text not null,"
    " rule text not null, beside text not null, beside_provider text not null,"
    " digest text not null)",
    "create index challenge_record on challenge (record_id)",
    "create table challenge_amount ("
    " challenge bigint not null references challenge (number), place bigint not null,"
    " line text not null, treatment_function text not null,"
    " pence bigint not null check (pence > 0), primary key (challenge, place))",
    "create table challenge_event ("
    " number bigint not null primary key, challenge bigint not null references challenge (number),"
    " step text not null, role text not null, author text not null, happened_at text not null,"
    " says text not null, pence bigint not null, borne_by text not null, falls_on text not null,"
    " subject text not null, previous text not null, digest text not null unique,"
    " unique (challenge, previous))",
    "create table challenge_correction ("
    " event bigint not null references challenge_event (number), place bigint not null,"
    " challenge bigint not null references challenge (number), account text not null,"
    " line text not null, treatment_function text not null, falls_on text not null,"
    " pence bigint not null check (pence > 0), borne_by text not null,"
    " primary key (event, place))",
    "create table dismissed_finding ("
    " practice text not null, finding text not null, dismissed_at text not null,"
    " author text not null, primary key (practice, finding))",
};

// `answer` is empty while the request runs. The table of events was never written to: what was done
// is in the audit trail.
constexpr std::array<std::string_view, 3> kept_answers = {
    "create table kept_answer ("
    " key_digest text not null primary key, request_digest text not null, server text not null,"
    " begun_at text not null, answer text not null)",
    "create index kept_answer_begun on kept_answer (begun_at)",
    "drop table event",
};

// Counts of what is asked for and waited for; no patient stands in them. `about` is a month or a
// day.
constexpr std::array<std::string_view, 5> counted_extracts = {
    "create table counted_extract ("
    " number bigint not null primary key, kind text not null, about text not null,"
    " source text not null, files text not null, digest text not null, layout text not null,"
    " rows_in bigint not null, accepted bigint not null, rejected bigint not null,"
    " passed_over bigint not null, rejects text not null, made_at text not null,"
    " replaced_by bigint references counted_extract (number),"
    " check (rows_in = accepted + rejected + passed_over))",
    "create table referral_count ("
    " extract bigint not null references counted_extract (number), month text not null,"
    " practice text not null, provider text not null, specialty text not null,"
    " priority text not null, sex text not null, age_from bigint,"
    " referrals bigint not null check (referrals > 0))",
    "create index referrals_by_month on referral_count (month, extract)",
    "create table waiting_count ("
    " extract bigint not null references counted_extract (number), practice text not null,"
    " provider text not null, treatment_function text not null, waits_for text not null,"
    " hrg text not null, weeks_from bigint not null,"
    " waiting bigint not null check (waiting > 0))",
    "create index waiting_by_extract on waiting_count (extract)",
};

const std::array<Migration, 14> all_migrations = {{
    {"keeps the site's settings, imported files, price lists and events", site_and_imports},
    {"keeps budgets set elsewhere", budgets},
    {"keeps loads by batch", loads},
    {"keeps closed months", closings},
    {"keeps organisations and who belonged where", organisations},
    {"keeps registered lists", lists},
    {"keeps drafts of budgets and the dialogue about them", drafts_and_dialogues},
    {"keeps changes of budgets in the year", in_year_changes},
    {"keeps accounts and the audit trail", accounts_and_audit},
    {"keeps charts' limits and alerts", charts_and_alerts},
    {"keeps challenges and their corrections", challenges},
    {"keeps answers to requests that may be sent again", kept_answers},
    {"keeps the papers of closed months: how they became complete, and forecasts", closing_papers},
    {"keeps GP referrals and waiting lists as counts", counted_extracts},
}};

std::string in_dialect(std::string_view statement, RegisterKind kind) {
    std::string sql(statement);
    if (kind == RegisterKind::postgresql) return sql;
    constexpr std::string_view wide_number = "bigint";
    for (auto at = sql.find(wide_number); at != std::string::npos; at = sql.find(wide_number, at)) {
        sql.replace(at, wide_number.size(), "integer");
    }
    // Before STRICT tables SQLite took any value in any column.
    if (sql.starts_with("create table")) sql += " strict";
    return sql;
}

std::int64_t tables_named(Session& session, std::string_view condition) {
    const bool is_sqlite = session.kind() == RegisterKind::sqlite;
    const std::string from =
        is_sqlite ? "(select name from sqlite_master where type = 'table') as found"
                  : "(select cast(table_name as text) as name from information_schema.tables"
                    " where table_schema = current_schema()) as found";
    return session.number("select count(*) from " + from + " where " + std::string(condition));
}

}  // namespace

std::span<const Migration> migrations() { return all_migrations; }

int register_version(Session& session) {
    if (tables_named(session, "name = 'schema_version'") == 0) return 0;
    return static_cast<int>(session.number("select coalesce(max(version), 0) from schema_version"));
}

bool is_empty(Session& session) { return tables_named(session, "1 = 1") == 0; }

Result<std::vector<std::string>> migrate(Session& session, int up_to) {
    const int version = register_version(session);
    const int known = static_cast<int>(all_migrations.size());
    if (version > known) {
        return conflict("this register is of version " + std::to_string(version) +
                        ", this program knows up to " + std::to_string(known) +
                        ": install a newer Purse");
    }
    if (version == 0) {
        session.run(
            in_dialect("create table schema_version ("
                       " version bigint not null primary key, does text not null)",
                       session.kind()));
    }
    std::vector<std::string> done;
    for (int next = version + 1; next <= up_to; ++next) {
        const Migration& step = all_migrations.at(static_cast<std::size_t>(next - 1));
        for (const std::string_view statement : step.statements) {
            session.run(in_dialect(statement, session.kind()));
        }
        session.run("insert into schema_version (version, does) values (?, ?)",
                    {std::int64_t{next}, std::string(step.does)});
        done.push_back("the register is now of version " + std::to_string(next) + ": it " +
                       std::string(step.does));
    }
    return done;
}

}  // namespace purse
