// The tables of accounts and of the audit trail (migrations.cpp).
#pragma once

#include <array>
#include <string_view>

namespace purse {

// The trail's head stands in a row of its own, so that entries removed from the end are missed.
inline constexpr std::array<std::string_view, 15> accounts_and_audit = {
    "create table audit_entry ("
    " number bigint not null primary key, who text not null, role text not null,"
    " address text not null, happened_at text not null, action text not null,"
    " subject text not null, detail text not null, previous text not null unique,"
    " digest text not null unique)",
    "create index audit_entry_who on audit_entry (who, number)",
    "create index audit_entry_action on audit_entry (action, number)",
    "create index audit_entry_subject on audit_entry (subject, number)",
    "create table audit_head ("
    " place bigint not null primary key check (place = 1), number bigint not null,"
    " digest text not null)",
    "create table user_account ("
    " number bigint not null primary key, name text not null unique, full_name text not null,"
    " email text not null, role text not null, practice text not null,"
    " commissioner text not null, is_locked bigint not null check (is_locked in (0, 1)),"
    " password_hash text not null, second_factor text not null,"
    " second_factor_is_on bigint not null check (second_factor_is_on in (0, 1)),"
    " last_second_factor bigint not null, made_at text not null)",
    "create table account_identity ("
    " issuer text not null, subject text not null,"
    " account bigint not null references user_account (number), primary key (issuer, subject))",
    "create table recovery_code ("
    " account bigint not null references user_account (number), digest text not null,"
    " primary key (account, digest))",
    "create table account_session ("
    " token_digest text not null primary key,"
    " account bigint not null references user_account (number), began_at text not null,"
    " last_seen_at text not null, address text not null)",
    "create index account_session_account on account_session (account)",
    "create table attempt ("
    " number bigint not null primary key, kind text not null, name_digest text not null,"
    " address text not null, happened_at text not null,"
    " has_failed bigint not null check (has_failed in (0, 1)))",
    "create index attempt_name on attempt (kind, name_digest, happened_at)",
    "create index attempt_address on attempt (kind, address, happened_at)",
    "create table password_link ("
    " digest text not null primary key,"
    " account bigint not null references user_account (number), expires_at text not null)",
    "create index password_link_account on password_link (account)",
};

}  // namespace purse
