// The tables of control charts' limits, of alerts and of who wants letters about them
// (migrations.cpp).
#pragma once

#include <array>
#include <string_view>

namespace purse {

// Of one month, measure and way of seeing it, a practice has one alert at the most.
inline constexpr std::array<std::string_view, 3> charts_and_alerts = {
    "create table chart_rebase ("
    " number bigint not null primary key, practice text not null, measure text not null,"
    " from_month text not null, person text not null, reason text not null,"
    " made_at text not null)",
    "create table alert ("
    " number bigint not null primary key, month text not null, practice text not null,"
    " measure text not null, seen_by text not null, side bigint not null,"
    " since text not null, says text not null, closing bigint not null, made_at text not null,"
    " unique (month, practice, measure, seen_by))",
    "create table alert_letters ("
    " account bigint not null primary key references user_account (number),"
    " how_often text not null, told_up_to bigint not null, sent_at text not null)",
};

}  // namespace purse
