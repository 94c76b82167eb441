#include <fmt/format.h>
#include <toml++/toml.h>

#include <fstream>

#include "desk/site.hpp"

namespace purse {

namespace {

std::string in_quotes(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    return out + "\"";
}

std::string text_of(const toml::table& table, std::string_view section, std::string_view key,
                    std::string otherwise) {
    return table[section][key].value_or(std::move(otherwise));
}

}  // namespace

Result<SiteSettings> read_site_settings(const std::filesystem::path& file) {
    toml::table table;
    try {
        table = toml::parse_file(file.string());
    } catch (const toml::parse_error& fault) {
        return bad_input(fmt::format("{}, line {}, column {}: {}", file.string(),
                                     fault.source().begin.line, fault.source().begin.column,
                                     fault.description()));
    }
    SiteSettings settings;
    const std::string code = text_of(table, "commissioner", "code", "");
    if (code.empty() || packed(code) == bad_code) {
        return bad_input(fmt::format(
            "{}: [commissioner] code is missing: write the commissioner's organisation code",
            file.string()));
    }
    settings.commissioner = CommissionerCode(code);
    settings.name = text_of(table, "commissioner", "name", code);
    if (const auto* others = table["commissioner"]["also_ours"].as_array()) {
        for (const auto& other : *others) {
            settings.also_ours.emplace_back(other.value_or(std::string()));
        }
    }
    settings.register_address = text_of(table, "register", "address", settings.register_address);
    settings.threads = table["machine"]["threads"].value_or(settings.threads);
    settings.memory_mib = table["machine"]["memory_mib"].value_or(settings.memory_mib);
    if (const toml::node* day = table["clock"]["today"].node()) {
        const auto text = day->value<std::string>();
        const auto date = text ? parse_date(*text) : Result<Date>(bad_input(""));
        if (!date) {
            return bad_input(
                fmt::format("{}, line {}: [clock] today is a day in quotes, such as \"2018-04-25\"",
                            file.string(), day->source().begin.line));
        }
        settings.demonstration_day = *date;
    }
    if (settings.threads < 0 || settings.memory_mib < 256) {
        return bad_input(fmt::format(
            "{}: [machine] threads must be 0 or more, memory_mib 256 or more", file.string()));
    }
    return settings;
}

void write_site_settings(const SiteSettings& settings, const std::filesystem::path& file) {
    std::string others;
    for (const CommissionerCode code : settings.also_ours) {
        others += (others.empty() ? "" : ", ") + in_quotes(code.text());
    }
    std::ofstream out(file, std::ios::trunc);
    out << fmt::format(
        "# This folder is a Purse site. docs/site.md explains every key.\n\n"
        "[commissioner]\ncode = {}\nname = {}\n"
        "# Codes whose practices are this commissioner's too (predecessors, after a merger).\n"
        "also_ours = [{}]\n\n"
        "[register]\n# A SQLite file beside this one, or postgresql://user@host/database\n"
        "address = {}\n\n"
        "[machine]\n# 0 threads: one a core. Memory is what the records engine may use.\n"
        "threads = {}\nmemory_mib = {}\n{}",
        in_quotes(settings.commissioner.text()), in_quotes(settings.name), others,
        in_quotes(settings.register_address), settings.threads, settings.memory_mib,
        settings.demonstration_day
            ? fmt::format("\n[clock]\n# A demonstration: what day it is here.\ntoday = \"{}\"\n",
                          to_text(*settings.demonstration_day))
            : "");
    out.close();
    if (!out) throw std::runtime_error("cannot write " + file.string());
    // The address may hold a password.
    std::filesystem::permissions(
        file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

}  // namespace purse
