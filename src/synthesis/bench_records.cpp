#include "synthesis/bench_records.hpp"

#include <fmt/format.h>

#include <fstream>

#include "intake/layout.hpp"
#include "synthesis/record_rows.hpp"

namespace purse {

namespace {

// Where each column of the file comes from: a plain column, or padding.
struct BenchColumn {
    std::string heading;
    std::optional<std::size_t> plain;
};

std::optional<std::size_t> plain_place(std::string_view field) {
    const auto columns = plain_columns(DataSet::admitted_care);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i] == field) return i;
    }
    return std::nullopt;
}

std::vector<BenchColumn> plain_layout() {
    std::vector<BenchColumn> columns;
    for (const std::string_view name : plain_columns(DataSet::admitted_care)) {
        columns.push_back({std::string(name), columns.size()});
    }
    return columns;
}

// The numbers first, then what the layout reads among columns that it passes over.
Result<std::vector<BenchColumn>> classic_layout(const std::filesystem::path& rules) {
    const auto layout = read_layout(rules / "layouts" / "sus_classic_apc.toml");
    if (!layout) return layout.problem();
    std::vector<BenchColumn> read;
    for (const std::string_view wanted : plain_columns(DataSet::admitted_care)) {
        for (const LayoutField& field : layout->fields) {
            if (field.field != wanted || field.columns.empty() || field.is_list) continue;
            read.push_back({expanded_columns(field.columns.front()).front(), plain_place(wanted)});
        }
    }
    std::vector<BenchColumn> columns(read.begin(), read.begin() + 2);
    const std::size_t padding = sus_classic_columns - read.size();
    std::size_t padded = 0;
    for (std::size_t i = 2; i < read.size(); ++i) {
        columns.push_back(read[i]);
        const std::size_t due = padding * (i - 1) / (read.size() - 2);
        for (; padded < due; ++padded) {
            columns.push_back({fmt::format("PassedOver{:03}", padded + 1), std::nullopt});
        }
    }
    return columns;
}

// The text of a row after its two numbers.
std::string tail_of(Row& row, const std::vector<BenchColumn>& columns) {
    std::string text;
    for (std::size_t i = 2; i < columns.size(); ++i) {
        text += ',';
        if (columns[i].plain) {
            text += row[*columns[i].plain];
        } else if (i % 3 == 0) {
            text += fmt::format("{:02}", i % 97);  // a third of the columns hold something
        }
    }
    text += '\n';
    return text;
}

struct BenchSpell {
    std::vector<std::string> tails;  // one an episode
};

Result<std::vector<BenchSpell>> year_of_spells(const BenchOptions& options,
                                               const std::vector<BenchColumn>& columns) {
    SynthesisOptions made;
    made.rules = options.rules;
    made.practices = 40;
    made.population = 200'000;
    made.first_year = options.year;
    made.years = 1;
    made.seed = options.seed;
    made.stories = false;
    made.given_providers = options.providers;
    const auto calibration = read_calibration(options.rules);
    if (!calibration) return calibration.problem();
    auto world = make_world(made, *calibration);
    if (!world) return world.problem();
    const CaseMix mix(*calibration);
    std::vector<BenchSpell> spells;
    std::vector<Row> rows;
    std::size_t count = 0;
    for (std::size_t place = 0; place < world->practices.size(); ++place) {
        const PracticeEvents events = events_of(*world, place, *calibration, mix, options.seed);
        for (std::size_t i = 0; i < events.spells.size(); ++i) {
            const Bearer of{*world,
                            world->practices[place],
                            *calibration,
                            made.commissioner,
                            place * 100'000'000ULL + i,
                            options.seed};
            spell_rows(of, events.spells[i], rows, count);
            BenchSpell& spell = spells.emplace_back();
            for (std::size_t e = 0; e < count; ++e)
                spell.tails.push_back(tail_of(rows[e], columns));
        }
    }
    return spells;
}

}  // namespace

Result<std::uint64_t> write_bench_records(const BenchOptions& options) {
    auto columns = options.layout == BenchLayout::plain ? Result(plain_layout())
                                                        : classic_layout(options.rules);
    if (!columns) return columns.problem();
    const auto spells = year_of_spells(options, *columns);
    if (!spells) return spells.problem();
    std::ofstream out;
    out.exceptions(std::ios::failbit | std::ios::badbit);
    out.open(options.file, std::ios::binary);
    std::string text;
    for (const BenchColumn& column : *columns) text += column.heading + ',';
    text.back() = '\n';
    std::uint64_t rows = 0;
    for (std::uint64_t spell = 0; rows < options.rows; ++spell) {
        const fmt::format_int number(1'000'000'000 + spell);
        const std::string_view digits(number.data(), number.size());
        const BenchSpell& like = (*spells)[spell % spells->size()];
        for (std::size_t e = 0; e < like.tails.size(); ++e) {
            text.append("A").append(digits);
            if (e > 0) text.append("E").append(1, static_cast<char>('1' + e));
            text.append(",S").append(digits).append(like.tails[e]);
            ++rows;
        }
        if (text.size() > (std::size_t{8} << 20)) {
            out.write(text.data(), static_cast<std::streamsize>(text.size()));
            text.clear();
        }
    }
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    out.close();
    return rows;
}

}  // namespace purse
