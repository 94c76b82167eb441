#include "benchmarking/pack_rates.hpp"

#include <fmt/format.h>

#include "benchmarking/toml_file.hpp"

namespace purse {

Result<std::vector<std::size_t>> parse_pack_rates(std::string_view toml, std::string_view name,
                                                  const Measures& measures) {
    const auto file = RuleReader::parse(toml, name);
    if (!file) return file.problem();
    RuleReader reader(name);
    reader.refuse_others(*file, {"rates"});
    std::vector<std::size_t> places;
    for (const std::string& code : reader.texts(*file, "rates", true)) {
        const auto place = measures.find(code);
        if (!place) {
            reader.refuse(*file, place.problem().says);
        } else {
            places.push_back(*place);
        }
    }
    if (reader.fault()) return *reader.fault();
    return places;
}

Result<std::vector<std::size_t>> read_pack_rates(const std::filesystem::path& file,
                                                 const Measures& measures) {
    const auto text = text_of_rules(file);
    if (!text) return text.problem();
    return parse_pack_rates(*text, file.string(), measures);
}

}  // namespace purse
