#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "cli/commands.hpp"
#include "cli/results.hpp"
#include "desk/packs.hpp"
#include "render/pack_pages.hpp"
#include "render/pdf.hpp"
#include "render/rendering.hpp"

namespace purse {

namespace {

namespace fs = std::filesystem;

struct PackOptions {
    std::string practice, month, out;
    std::vector<std::string> formats;
    bool all = false;
};

constexpr std::array<std::string_view, 5> known_formats = {"text", "json", "html", "pdf", "xlsx"};

Outcome check_formats(const std::vector<std::string>& formats) {
    for (const std::string& format : formats) {
        if (std::ranges::find(known_formats, format) != known_formats.end()) continue;
        return bad_input(fmt::format("'{}' is not a format of a pack: use {}", format,
                                     fmt::join(known_formats, ", ")));
    }
    return Nothing{};
}

Result<std::string> rendered(const Pack& pack, std::string_view format) {
    if (format == "text") return as_text(pack);
    if (format == "json") return as_json(pack);
    if (format == "xlsx") return as_xlsx(pack);
    if (format == "pdf") return as_pdf(as_html(pack));
    return as_html(pack);
}

// The summary, and the statements that it links to beside the packs.
template <class Report>
Result<std::string> rendered(const Report& report, std::string_view format) {
    if (format == "pdf") return as_pdf(as_html(report));
    const auto known = parse_format(format);
    if (!known) return known.problem();
    return rendered(report, *known);
}

fs::path file_of(const fs::path& folder, const std::string& name, std::string_view format) {
    return folder / fmt::format("{}.{}", name, format == "text" ? "txt" : format);
}

template <class Report>
Outcome write(const Report& report, const fs::path& folder, const std::string& name,
              std::string_view format) {
    const auto bytes = rendered(report, format);
    if (!bytes) return bytes.problem();
    return write_file(file_of(folder, name, format), *bytes);
}

// A pack of each practice, the statements of what no practice bears, and the summary (index).
struct AllReports {
    std::vector<Pack> packs;
    std::vector<Statement> others;
    Summary summary;

    template <class Each>
    Outcome each(Each each) const {
        for (const Pack& pack : packs) {
            if (const Outcome done = each(pack, pack.statement.code); !done) return done;
        }
        for (const Statement& other : others) {
            if (const Outcome done = each(other, other.code); !done) return done;
        }
        return each(summary, "index");
    }
};

Result<AllReports> all_reports(const MonthPacks& month) {
    AllReports all{.packs = {}, .others = month.other_statements(), .summary = month.summary()};
    for (const std::string& practice : month.practices()) {
        auto pack = month.of(practice);
        if (!pack) return pack.problem();
        all.packs.push_back(std::move(*pack));
    }
    return all;
}

Outcome print_all(const AllReports& all, const fs::path& folder, int printers) {
    std::vector<std::string> names;
    std::vector<std::string> pages;
    const Outcome set = all.each([&](const auto& report, const std::string& name) -> Outcome {
        names.push_back(name);
        pages.push_back(as_html(report));
        return Nothing{};
    });
    if (!set) return set;
    const auto pdfs = as_pdfs(pages, printers);
    if (!pdfs) return pdfs.problem();
    for (std::size_t i = 0; i < names.size(); ++i) {
        const Outcome done = write_file(file_of(folder, names[i], "pdf"), (*pdfs)[i]);
        if (!done) return done;
    }
    return Nothing{};
}

Outcome write_all(const MonthPacks& month, const PackOptions& options, int threads) {
    const fs::path folder =
        options.out.empty() ? fs::path("packs-" + options.month) : fs::path(options.out);
    fs::create_directories(folder);
    const auto all = all_reports(month);
    if (!all) return all.problem();
    for (const std::string& format : options.formats) {
        const Outcome done = format == "pdf"
                                 ? print_all(*all, folder, threads)
                                 : all->each([&](const auto& report, const std::string& name) {
                                       return write(report, folder, name, format);
                                   });
        if (!done) return done;
    }
    fmt::print(
        "written: {} packs, the commissioner's summary (index) and what no practice bears, as {}, "
        "in {}\n",
        all->packs.size(), fmt::join(options.formats, ", "), folder.string());
    return Nothing{};
}

Outcome write_one(const MonthPacks& month, const PackOptions& options) {
    const auto pack = month.of(options.practice);
    if (!pack) return pack.problem();
    for (const std::string& format : options.formats) {
        const bool to_file = !options.out.empty() || format == "pdf" || format == "xlsx";
        if (!to_file) {
            const auto text = rendered(*pack, format);
            if (!text) return text.problem();
            fmt::print("{}", *text);
            continue;
        }
        const fs::path folder = options.out.empty() ? fs::path(".") : fs::path(options.out);
        fs::create_directories(folder);
        if (const auto done = write(*pack, folder, pack->statement.code, format); !done) {
            return done;
        }
        fmt::print("written: {}\n", file_of(folder, pack->statement.code, format).string());
    }
    return Nothing{};
}

Outcome make_packs(Terminal& terminal, PackOptions options) {
    const auto month = parse_month(options.month);
    if (!month) return month.problem();
    if (options.all == !options.practice.empty()) {
        return bad_input("name one practice, or give --all");
    }
    if (terminal.json) options.formats = {"json"};
    if (options.formats.empty()) options.formats = {options.all ? "html" : "text"};
    if (const auto known = check_formats(options.formats); !known) return known;
    const auto site = terminal.open_site();
    if (!site) return site.problem();
    const auto packs = MonthPacks::gather(*site, *month, site->today());
    if (!packs) return packs.problem();
    return options.all ? write_all(*packs, options, site->threads()) : write_one(*packs, options);
}

}  // namespace

void add_pack_command(CLI::App& app, Terminal& terminal) {
    auto options = std::make_shared<PackOptions>();
    auto* command = app.add_subcommand(
        "pack", "The monthly pack of a closed month: the nine lines, rates, and why");
    command->add_option("practice", options->practice, "The practice's code");
    command->add_flag("--all", options->all,
                      "All practices' packs and the summary, the month opened once");
    command->add_option("--month", options->month, "The month, such as 2017-06")->required();
    command
        ->add_option("--format", options->formats,
                     "text, json, html, pdf or xlsx; several with commas (html,xlsx)")
        ->delimiter(',');
    command->add_option("--out", options->out,
                        "The folder to write (with --all: packs-MONTH where none is named)");
    command->callback(
        [options, &terminal] { terminal.run([&] { return make_packs(terminal, *options); }); });
}

}  // namespace purse
