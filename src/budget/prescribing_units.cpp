#include "budget/prescribing_units.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <fstream>
#include <optional>
#include <sstream>

namespace purse {

namespace {

class UnitsReader {
  public:
    UnitsReader(const toml::table& file, std::string_view name) : file_(file), name_(name) {}

    Result<PrescribingUnits> read() {
        for (const auto& [key, out] :
             {std::pair{"name", &units_.name}, std::pair{"title", &units_.title},
              std::pair{"source", &units_.source}}) {
            const auto text = file_[key].value<std::string>();
            if (!text || text->empty()) return at(file_, fmt::format("'{}' is missing", key));
            *out = *text;
        }
        const auto from = parse_date(file_["in_use_from"].value_or(std::string_view()));
        if (!from) return at(file_, "in_use_from: " + from.problem().says);
        units_.in_use_from = *from;
        if (auto done = read_bands(); !done) return done.problem();
        if (auto done = read_groups(); !done) return done.problem();
        return std::move(units_);
    }

  private:
    Problem at(const toml::node& node, std::string_view says) const {
        return bad_input(fmt::format("{} line {}: {}", name_, node.source().begin.line, says));
    }

    std::optional<std::vector<std::string>> texts(const toml::node* node) const {
        if (node == nullptr || !node->is_array()) return std::nullopt;
        std::vector<std::string> found;
        for (const toml::node& cell : *node->as_array()) {
            found.push_back(cell.value_or(std::string()));
        }
        return found;
    }

    Outcome read_bands() {
        const auto named = texts(file_.get("bands"));
        if (!named) return at(file_, "'bands' is missing");
        auto bands = parse_age_bands(*named);
        if (!bands) return at(*file_.get("bands"), bands.problem().says);
        units_.bands = std::move(*bands);
        return Nothing{};
    }

    Outcome read_groups() {
        const toml::table* groups = file_["groups"].as_table();
        if (groups == nullptr || groups->empty()) return at(file_, "[groups] is missing");
        for (const auto& [key, node] : *groups) {
            const toml::table* group = node.as_table();
            if (group == nullptr) return at(node, "a group has 'men' and 'women'");
            UnitWeights& weights = units_.groups[std::string(key.str())];
            if (auto done = read_weights(*group, "men", weights.men); !done) return done;
            if (auto done = read_weights(*group, "women", weights.women); !done) return done;
        }
        return Nothing{};
    }

    Outcome read_weights(const toml::table& group, std::string_view sex,
                         std::vector<Factor>& out) const {
        const auto cells = texts(group.get(sex));
        if (!cells || cells->size() != units_.bands.size()) {
            return at(group, fmt::format("'{}' must have a weight for each of the {} bands", sex,
                                         units_.bands.size()));
        }
        for (const std::string& cell : *cells) {
            const auto weight = parse_factor(cell);
            if (!weight || *weight < Factor(0)) {
                return at(group, fmt::format("'{}' is no weight", cell));
            }
            out.push_back(*weight);
        }
        return Nothing{};
    }

    const toml::table& file_;
    std::string_view name_;
    PrescribingUnits units_;
};

}  // namespace

Result<UnitWeights> PrescribingUnits::group(const std::string& wanted) const {
    const auto found = groups.find(wanted);
    if (found != groups.end()) return found->second;
    std::string known;
    for (const auto& [group, weights] : groups) known += (known.empty() ? "" : ", ") + group;
    return not_found(fmt::format("{} has no group '{}': name one of {}", title, wanted, known));
}

Result<PrescribingUnits> read_prescribing_units_text(std::string_view text, std::string_view name) {
    try {
        const toml::table file = toml::parse(text, name);
        return UnitsReader(file, name).read();
    } catch (const toml::parse_error& error) {
        return bad_input(
            fmt::format("{} line {}: {}", name, error.source().begin.line, error.description()));
    }
}

Result<PrescribingUnits> read_prescribing_units(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    if (!in || !(text << in.rdbuf())) {
        return not_found(
            fmt::format("{} cannot be read: it should hold prescribing units", file.string()));
    }
    return read_prescribing_units_text(text.str(), file.string());
}

wide units_of(const ListByBand& list, const UnitWeights& weights) {
    CHECK(list.men.size() == weights.men.size() && list.women.size() == weights.women.size());
    wide sum = 0;
    for (std::size_t band = 0; band < weights.men.size(); ++band) {
        sum += wide{list.men[band].thousandths()} * weights.men[band].millionths();
        sum += wide{list.women[band].thousandths()} * weights.women[band].millionths();
    }
    return sum;
}

}  // namespace purse
