#include "budget/scheme.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "base/digest.hpp"
#include "tables/windows_1252.hpp"

namespace purse {

namespace {

class SchemeReader {
  public:
    SchemeReader(const toml::table& file, std::string_view name) : file_(file), name_(name) {}

    Result<Scheme> read() {
        for (auto step :
             {&SchemeReader::read_names, &SchemeReader::read_blocks, &SchemeReader::read_scopes,
              &SchemeReader::read_uplifts, &SchemeReader::read_pace, &SchemeReader::read_shares,
              &SchemeReader::read_in_year, &SchemeReader::read_dates,
              &SchemeReader::refuse_unknown_keys}) {
            if (auto done = (this->*step)(); !done) return done.problem();
        }
        return std::move(scheme_);
    }

  private:
    Problem at(const toml::node* node, const std::string& says) const {
        const toml::node& where = node != nullptr ? *node : static_cast<const toml::node&>(file_);
        return bad_input(fmt::format("{} line {}: {}", name_, where.source().begin.line, says));
    }

    Outcome text(const toml::table& table, std::string_view key, std::string& out) const {
        const toml::node* node = table.get(key);
        const auto value = node != nullptr ? node->value<std::string>() : std::nullopt;
        if (!value || value->empty()) return at(&table, fmt::format("'{}' is missing", key));
        out = *value;
        return Nothing{};
    }

    Outcome read_names() {
        for (const auto& [key, out] :
             {std::pair{"name", &scheme_.name}, std::pair{"title", &scheme_.title},
              std::pair{"source", &scheme_.source}}) {
            if (auto done = text(file_, key, *out); !done) return done;
        }
        scheme_.file = std::string(name_);
        return Nothing{};
    }

    Outcome read_blocks() {
        const toml::array* blocks = file_["block"].as_array();
        if (blocks == nullptr || blocks->empty()) {
            return at(nullptr, "there is no [[block]]: name at least one block of budget lines");
        }
        for (const toml::node& node : *blocks) {
            if (!node.is_table()) return at(&node, "a block must be a table: [[block]]");
            if (auto done = read_block(*node.as_table()); !done) return done;
        }
        return Nothing{};
    }

    Outcome read_block(const toml::table& table) {
        SchemeBlock block;
        std::string method;
        if (auto done = text(table, "name", block.name); !done) return done;
        if (auto done = text(table, "method", method); !done) return done;
        const auto known = parse_budget_method(method);
        if (!known) return at(table.get("method"), known.problem().says);
        block.method = *known;
        if (block.method != BudgetMethod::historic || table.contains("need")) {
            if (auto done = text(table, "need", block.need); !done) return done;
        }
        const toml::array* lines = table["lines"].as_array();
        if (lines == nullptr || lines->empty()) return at(&table, "'lines' is missing");
        for (const toml::node& node : *lines) {
            const auto line = parse_budget_line(node.value_or(std::string_view()));
            if (!line) return at(&node, line.problem().says);
            if (!scheme_.scopes.emplace(*line, LineScope::in).second) {
                return at(&node,
                          fmt::format("the line '{}' is in two blocks", name_of(*line).code));
            }
            block.lines.push_back(*line);
        }
        std::ranges::sort(block.lines);
        scheme_.blocks.push_back(std::move(block));
        return Nothing{};
    }

    // Lines of no block: out or blocked back, said one by one.
    Outcome read_scopes() {
        if (const toml::table* lines = file_["lines"].as_table()) {
            for (const auto& [key, node] : *lines) {
                const auto line = parse_budget_line(key.str());
                if (!line) return at(&node, line.problem().says);
                std::string scope;
                if (auto done = cited(*lines, key.str(), "lines", scope); !done) return done;
                if (scope != "out" && scope != "blocked_back") {
                    return at(&node, fmt::format("'{}' is no scope: write out or blocked_back; "
                                                 "what is in stands in a [[block]]",
                                                 scope));
                }
                const bool fresh =
                    scheme_.scopes
                        .emplace(*line, scope == "out" ? LineScope::out : LineScope::blocked_back)
                        .second;
                if (!fresh) {
                    return at(&node, fmt::format("the line '{}' is in a block already", key.str()));
                }
            }
        }
        for (const BudgetLineName& line : budget_lines) {
            if (scheme_.scopes.contains(line.line)) continue;
            return at(nullptr, fmt::format("the line '{}' is in no block: put it in one, or write "
                                           "it under [lines] as out or blocked_back",
                                           line.code));
        }
        return Nothing{};
    }

    Outcome read_uplifts() {
        const toml::table* uplifts = file_["uplifts"].as_table();
        if (uplifts == nullptr) return Nothing{};
        for (const auto& [key, node] : *uplifts) {
            const auto line = parse_budget_line(key.str());
            if (!line) return at(&node, line.problem().says);
            if (!node.is_table()) return at(&node, "an uplift has 'growth' and 'efficiency'");
            const std::string where = fmt::format("uplifts.{}", key.str());
            Uplift uplift;
            for (const auto& [name, out] : {std::pair{"growth", &uplift.growth},
                                            std::pair{"efficiency", &uplift.efficiency}}) {
                if (!node.as_table()->contains(name)) continue;
                if (auto done = share(*node.as_table(), name, where, *out); !done) return done;
            }
            if (uplift.efficiency != Factor(0) && is_tariff_line(*line)) {
                return at(&node, fmt::format("'{}' is paid by the tariff, whose prices have the "
                                             "efficiency inside: it would be counted twice",
                                             key.str()));
            }
            scheme_.uplifts[*line] = uplift;
        }
        return Nothing{};
    }

    Outcome read_pace() {
        const toml::table* pace = file_["pace"].as_table();
        if (pace == nullptr) return at(nullptr, "[pace] is missing");
        for (const auto& [key, out] :
             {std::pair{"tolerance", &scheme_.pace.tolerance},
              std::pair{"minimum_move", &scheme_.pace.minimum_move},
              std::pair{"rate", &scheme_.pace.rate}, std::pair{"cap", &scheme_.pace.cap},
              std::pair{"floor", &scheme_.pace.floor}}) {
            if (auto done = share(*pace, key, "pace", *out); !done) return done;
        }
        if (pace->contains("assumed_growth")) {
            Factor& growth = scheme_.assumed_growth.emplace();
            if (auto done = share(*pace, "assumed_growth", "pace", growth); !done) return done;
        }
        if (scheme_.pace.minimum_move > scheme_.pace.cap || scheme_.pace.rate <= Factor(0) ||
            scheme_.pace.rate > Factor() || scheme_.pace.tolerance < Factor(0) ||
            scheme_.pace.minimum_move < Factor(0)) {
            return at(pace, "0 <= minimum_move <= cap, 0 < rate <= 1 and 0 <= tolerance must hold");
        }
        return Nothing{};
    }

    Outcome read_shares() {
        const toml::table* shares = file_["shares"].as_table();
        if (shares == nullptr) return at(nullptr, "[shares] is missing");
        for (const auto& [key, out] : {std::pair{"risk_pool", &scheme_.risk_pool},
                                       std::pair{"management", &scheme_.management},
                                       std::pair{"growth_reserve", &scheme_.growth_reserve}}) {
            if (auto done = share(*shares, key, "shares", *out); !done) return done;
            if (*out < Factor(0) || *out >= Factor()) {
                return at(shares->get(key), fmt::format("'{}' must be from 0 to below 1", key));
            }
        }
        if (scheme_.risk_pool.millionths() + scheme_.management.millionths() >= Factor::one) {
            return at(shares, "the hand-backs would leave the practices nothing");
        }
        std::string years;
        if (auto done = cited(*shares, "saver_years", "shares", years); !done) return done;
        const auto count = parse_factor(years);
        if (!count || count->millionths() % Factor::one != 0 || *count < Factor(0)) {
            return at(shares->get("saver_years"), "'saver_years' must be a number of years");
        }
        scheme_.saver_years = static_cast<int>(count->millionths() / Factor::one);
        return Nothing{};
    }

    // Older schemes have no such part.
    Outcome read_in_year() {
        const toml::table* table = file_["in_year"].as_table();
        if (table == nullptr) return Nothing{};
        std::string word;
        if (auto done = cited(*table, "reserve_short", "in_year", word); !done) return done;
        if (word != "pro_rata" && word != "refuse") {
            return at(table->get("reserve_short"), "write pro_rata or refuse");
        }
        if (word == "refuse") scheme_.in_year.reserve_short = ReserveShort::refuse;
        if (auto done = cited(*table, "falling_lists", "in_year", word); !done) return done;
        if (word != "follow" && word != "keep") {
            return at(table->get("falling_lists"), "write follow or keep");
        }
        if (word == "keep") scheme_.in_year.falling_lists = FallingLists::keep;
        return Nothing{};
    }

    Outcome read_dates() {
        const toml::table* dates = file_["dates"].as_table();
        if (dates == nullptr) return at(nullptr, "[dates] is missing");
        for (const auto& [key, out] : {std::pair{"data_by", &scheme_.dialogue.data_by},
                                       std::pair{"offer_by", &scheme_.dialogue.offer_by},
                                       std::pair{"agreed_by", &scheme_.dialogue.agreed_by},
                                       std::pair{"ruled_by", &scheme_.dialogue.ruled_by}}) {
            std::string day;
            if (auto done = cited(*dates, key, "dates", day); !done) return done;
            // Any leap year: 29 February is a day of the year, though not a wise one.
            const auto date = parse_date("2000-" + day);
            if (!date) {
                return at(
                    dates->get(key),
                    fmt::format("'{}' is no day of the year: write month-day, as 05-01", day));
            }
            out->month = static_cast<int>(static_cast<unsigned>(date->ymd().month()));
            out->day = static_cast<int>(static_cast<unsigned>(date->ymd().day()));
        }
        std::string days;
        if (auto done = cited(*dates, "reopened_days", "dates", days); !done) return done;
        const auto count = parse_factor(days);
        if (!count || count->millionths() % Factor::one != 0 || *count <= Factor(0)) {
            return at(dates->get("reopened_days"), "'reopened_days' must be a number of days");
        }
        scheme_.dialogue.reopened_days = static_cast<int>(count->millionths() / Factor::one);
        if (auto fine = dates_of(scheme_.dialogue, FinancialYear(2000)); !fine) {
            return at(dates, fine.problem().says);
        }
        return Nothing{};
    }

    Outcome refuse_unknown_keys() {
        static const std::set<std::string_view> known = {"name",    "title",   "source", "block",
                                                         "lines",   "uplifts", "pace",   "shares",
                                                         "in_year", "dates"};
        for (const auto& [key, node] : file_) {
            if (!known.contains(key.str())) {
                return at(&node, fmt::format("'{}' is not a part of a scheme", key.str()));
            }
        }
        return Nothing{};
    }

    // { value = "0.10", source = "..." }: a figure never stands without its source.
    Outcome cited(const toml::table& table, std::string_view key, std::string_view where,
                  std::string& out) {
        const toml::node* node = table.get(key);
        if (node == nullptr) return at(&table, fmt::format("'{}' is missing", key));
        if (!node->is_table()) {
            return at(node,
                      fmt::format("'{}' must be {{ value = \"...\", source = \"...\" }}", key));
        }
        std::string source;
        if (auto done = text(*node->as_table(), "value", out); !done) return done;
        if (auto done = text(*node->as_table(), "source", source); !done) return done;
        scheme_.sources[fmt::format("{}.{}", where, key)] = source;
        return Nothing{};
    }

    Outcome share(const toml::table& table, std::string_view key, std::string_view where,
                  Factor& out) {
        std::string value;
        if (auto done = cited(table, key, where, value); !done) return done;
        const auto factor = parse_factor(value);
        if (!factor) return at(table.get(key), factor.problem().says);
        out = *factor;
        return Nothing{};
    }

    const toml::table& file_;
    std::string_view name_;
    Scheme scheme_;
};

}  // namespace

std::string_view to_text(LineScope scope) {
    switch (scope) {
        case LineScope::in:
            return "in";
        case LineScope::out:
            return "out";
        case LineScope::blocked_back:
            return "blocked back";
    }
    check_failed("a scope without words", __FILE__, __LINE__);
}

std::string_view to_text(BudgetMethod method) {
    switch (method) {
        case BudgetMethod::historic:
            return "historic";
        case BudgetMethod::fair_share:
            return "fair_share";
        case BudgetMethod::blend:
            return "blend";
    }
    check_failed("a method without words", __FILE__, __LINE__);
}

Result<BudgetMethod> parse_budget_method(std::string_view text) {
    for (const auto method :
         {BudgetMethod::historic, BudgetMethod::fair_share, BudgetMethod::blend}) {
        if (text == to_text(method)) return method;
    }
    return bad_input(fmt::format("'{}' is no method: write historic, fair_share or blend", text));
}

bool is_tariff_line(BudgetLine line) { return line <= BudgetLine::emergency_department; }

const SchemeBlock* Scheme::block_of(BudgetLine line) const {
    for (const SchemeBlock& block : blocks) {
        if (std::ranges::binary_search(block.lines, line)) return &block;
    }
    return nullptr;
}

Result<Scheme> read_scheme_text(std::string_view text, std::string_view name) {
    if (!is_utf8(text)) return bad_input(fmt::format("{} is not UTF-8 text", name));
    try {
        const toml::table file = toml::parse(text, name);
        auto scheme = SchemeReader(file, name).read();
        if (scheme) scheme->digest = digest_of(text);
        return scheme;
    } catch (const toml::parse_error& error) {
        return bad_input(
            fmt::format("{} line {}: {}", name, error.source().begin.line, error.description()));
    }
}

Result<Scheme> read_scheme(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    if (!in || !(text << in.rdbuf())) {
        return not_found(fmt::format("{} cannot be read: it should be a scheme", file.string()));
    }
    return read_scheme_text(text.str(), file.string());
}

Result<Scheme> find_scheme(const std::filesystem::path& schemes, const std::string& name_or_file) {
    if (std::filesystem::exists(name_or_file)) return read_scheme(name_or_file);
    const std::filesystem::path shipped = schemes / (name_or_file + ".toml");
    if (name_or_file.find('/') == std::string::npos && std::filesystem::exists(shipped)) {
        return read_scheme(shipped);
    }
    std::string known;
    if (std::filesystem::is_directory(schemes)) {
        std::set<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(schemes)) {
            if (entry.path().extension() == ".toml") names.insert(entry.path().stem().string());
        }
        for (const std::string& name : names) known += (known.empty() ? "" : ", ") + name;
    }
    return not_found(
        fmt::format("there is no scheme '{}': give a file, or one of {}", name_or_file, known));
}

}  // namespace purse
