// Any bytes after the heading of any layout: records and findings, never a crash, and every row
// counted once. The first byte picks the layout; without a heading of its own the text gets the
// layout's. The same bytes cut into pieces give the same counts.
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.hpp"
#include "intake/intake.hpp"
#include "intake/layout.hpp"
#include "intake/spells.hpp"
#include "tables/delimited.hpp"

namespace {

using namespace purse;

std::filesystem::path rules_folder() {
    if (const char* named = std::getenv("PURSE_RULES")) return named;
    return std::filesystem::path(PURSE_SOURCE_DIR) / "rules";
}

std::vector<std::string> headings_of(const Layout& layout) {
    std::vector<std::string> headings;
    for (const LayoutField& field : layout.fields) {
        for (const std::string& column : field.columns) headings.push_back(column);
    }
    for (const auto& [name, column] : layout.given) headings.push_back(column);
    return headings;
}

std::vector<Intake> prepare_all() {
    const auto layouts = read_layouts(rules_folder()).value();
    const auto rules = read_validation_rules(rules_folder()).value();
    auto practices = std::make_shared<KnownPractices>();
    practices->put(packed("A81001"), {.opened = Date::of(2000, 1, 1), .closed = Date(17000)});
    auto hrgs = std::make_shared<PackedSet>();
    hrgs->put(packed("EB03D"));
    std::vector<Intake> intakes;
    for (const Layout& layout : layouts) {
        IntakeContext context{.set = layout.set,
                              .month = Month(2017, 6),
                              .key = PseudonymKey::from_phrase("fuzz"),
                              .practices = practices,
                              .hrgs = hrgs,
                              .rules = rules,
                              .want_given = true};
        intakes.push_back(Intake::prepare(layout, headings_of(layout), context).value());
    }
    return intakes;
}

std::uint64_t read_all(const Intake& intake, std::string_view text, std::size_t piece_size) {
    PieceOut out;
    std::uint64_t records = 0;
    std::uint64_t rejected = 0;
    for (const Piece& piece : cut_into_pieces(text, 2, {}, piece_size)) {
        intake.read_piece(piece, out);
        CHECK(out.rows_read == out.records.rows + out.episodes.rows.rows + out.rows_rejected);
        std::uint64_t counted = 0;
        for (const Finding& finding : out.findings) {
            CHECK(!says(intake.context().rules, finding).empty());
            if (finding.severity == Severity::reject) counted += finding.rows;
        }
        CHECK(counted == out.rows_rejected);
        records += out.records.rows;
        rejected += out.rows_rejected;
        if (intake.context().set != DataSet::admitted_care) continue;
        const SpellsOut spells = build_spells(intake, out.episodes);
        CHECK(spells.rows_read == spells.spells.rows + spells.rows_folded + spells.rows_rejected);
    }
    return records * 1'000'003 + rejected;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::vector<Intake> intakes = prepare_all();
    if (size == 0) return 0;
    const Intake& intake = intakes[data[0] % intakes.size()];
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    const std::uint64_t whole = read_all(intake, text, std::size_t{1} << 20);
    CHECK(read_all(intake, text, 16) == whole);
    return 0;
}
