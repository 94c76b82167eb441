// The program: the command line, and the server as one of its commands.
#include <memory>

#include "api/serving.hpp"
#include "base/shipped.hpp"
#include "cli/cli.hpp"
#include "cli/commands.hpp"

#ifndef PURSE_VERSION
#define PURSE_VERSION "development"
#endif

namespace {

namespace fs = std::filesystem;

// The pages that came with the program: PURSE_PAGES, beside the installed program, or the source
// tree's; none where they are not built.
fs::path shipped_pages() {
    if (const char* named = std::getenv("PURSE_PAGES")) return named;
    const fs::path folder = purse::shipped("share/purse/pages", "web/dist");
    return fs::is_regular_file(folder / "index.html") ? folder : fs::path();
}

void add_serve_command(CLI::App& app, purse::Terminal& terminal) {
    auto given = std::make_shared<purse::ServeCommand>();
    auto* serve = app.add_subcommand("serve", "Serve the site's pages and its API");
    serve->add_option("--listen", given->listen, "Address and port (default 127.0.0.1:8080)");
    serve->add_option("--tls-cert", given->tls_certificate, "The certificate chain, as PEM");
    serve->add_option("--tls-key", given->tls_key, "Its private key, as PEM");
    serve->add_option("--pages", given->pages, "The folder of the built pages");
    serve->add_option("--address", given->own_address,
                      "Where people reach the server: links in messages lead there");
    serve
        ->add_option("--largest-upload", given->largest_upload_mib,
                     "The largest file that is taken, in MiB (default 4096)")
        ->check(CLI::Range(1, 1 << 20));
    serve->add_option("--workers", given->workers, "Threads that answer requests");
    serve->callback([given, &terminal] {
        terminal.run([&]() -> purse::Outcome {
            const auto folder = terminal.site.empty()
                                    ? purse::Site::nearest(fs::current_path())
                                    : purse::Result<fs::path>(fs::path(terminal.site));
            if (!folder) return folder.problem();
            given->site = *folder;
            given->version = PURSE_VERSION;
            given->quiet = terminal.quiet;
            if (given->pages.empty()) given->pages = shipped_pages();
            return purse::serve(*given);
        });
    });
}

}  // namespace

int main(int argc, char** argv) { return purse::run_command_line(argc, argv, add_serve_command); }
