#include "benchmarking/peers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "money/factor.hpp"
#include "tables/delimited.hpp"

namespace purse {

namespace {

double on_scale(const std::string& characteristic, double value) {
    return characteristic == "list_size" ? std::log(std::max(value, 1.0)) : value;
}

bool is_known_of_all(const Characteristics& known, const std::string& characteristic) {
    return !known.empty() && std::ranges::all_of(known, [&](const auto& practice) {
        return practice.second.contains(characteristic);
    });
}

std::string listed(const std::vector<std::string>& codes) {
    std::string list;
    for (std::size_t i = 0; i < codes.size(); ++i) {
        list += i == 0 ? "" : i + 1 == codes.size() ? " and " : ", ";
        list += characteristic_in_words(codes[i]);
    }
    return list;
}

}  // namespace

std::string characteristic_in_words(std::string_view code) {
    if (code == "share_65_and_over") return "share of patients aged 65 and over";
    std::string words(code);
    std::ranges::replace(words, '_', ' ');
    return words;
}

Likeness::Likeness(const Characteristics& known, const std::vector<std::string>& asked)
    : known_(known) {
    for (const auto& [practice, values] : known) places_[practice];
    for (const std::string& characteristic : asked) {
        if (!is_known_of_all(known, characteristic)) {
            not_known_.push_back(characteristic);
            continue;
        }
        used_.push_back(characteristic);
        double sum = 0, squares = 0;
        for (const auto& [practice, values] : known) {
            sum += on_scale(characteristic, values.at(characteristic));
        }
        const auto count = static_cast<double>(known.size());
        for (const auto& [practice, values] : known) {
            const double off = on_scale(characteristic, values.at(characteristic)) - sum / count;
            squares += off * off;
        }
        const double spread = std::sqrt(squares / count);
        for (const auto& [practice, values] : known) {
            const double value = on_scale(characteristic, values.at(characteristic));
            places_[practice].push_back(spread > 0 ? value / spread : 0);
        }
    }
}

std::vector<PracticeCode> Likeness::nearest(PracticeCode practice, std::size_t count) const {
    const auto own = places_.find(practice);
    if (own == places_.end() || used_.empty()) return {};
    std::vector<std::pair<double, PracticeCode>> others;
    for (const auto& [other, place] : places_) {
        if (other == practice) continue;
        double distance = 0;
        for (std::size_t i = 0; i < place.size(); ++i) {
            distance += (place[i] - own->second[i]) * (place[i] - own->second[i]);
        }
        others.emplace_back(distance, other);
    }
    std::ranges::sort(others);
    if (others.size() > count) others.resize(count);
    std::vector<PracticeCode> found;
    for (const auto& [distance, other] : others) found.push_back(other);
    return found;
}

std::optional<double> Likeness::value(PracticeCode practice,
                                      const std::string& characteristic) const {
    const auto found = known_.find(practice);
    if (found == known_.end()) return std::nullopt;
    const auto value = found->second.find(characteristic);
    return value == found->second.end() ? std::nullopt : std::optional(value->second);
}

std::string likeness_in_words(const Likeness& likeness) {
    if (likeness.used().empty()) return "nothing is known of the practices to compare them by";
    std::string words = listed(likeness.used());
    if (likeness.not_known().empty()) return words;
    return fmt::format("{}; {} {} not known", words, listed(likeness.not_known()),
                       likeness.not_known().size() == 1 ? "is" : "are");
}

Result<KnownCharacteristics> parse_characteristics(std::string text, std::string name) {
    const auto table = read_table_text(std::move(text), std::move(name));
    if (!table) return table.problem();
    std::vector<std::size_t> columns;
    for (const std::string_view heading : {"practice", "characteristic", "value", "source"}) {
        const auto column = table->column(heading);
        if (!column) return column.problem();
        columns.push_back(*column);
    }
    KnownCharacteristics known;
    for (const TextTable::Row& row : table->rows) {
        const auto wrong = [&](std::size_t column, std::string_view why) {
            return bad_input(fmt::format("{} line {}, column {}: '{}' {}", table->file, row.line,
                                         table->headings[column], row.cells[column], why));
        };
        const std::uint64_t code = packed(row.cells[columns[0]]);
        if (code == 0 || code == bad_code) return wrong(columns[0], "is no practice code");
        const std::string& characteristic = row.cells[columns[1]];
        if (characteristic.empty()) return wrong(columns[1], "names no characteristic");
        const auto value = parse_factor(row.cells[columns[2]]);
        if (!value) return wrong(columns[2], "is no number");
        const bool fresh =
            known.values[PracticeCode::from_packed(code)]
                .emplace(characteristic, static_cast<double>(value->millionths()) / Factor::one)
                .second;
        if (!fresh) return wrong(columns[1], "is there twice for this practice");
        known.sources[characteristic] = row.cells[columns[3]];
    }
    return known;
}

}  // namespace purse
