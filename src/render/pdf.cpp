#include "render/pdf.hpp"

#include <fcntl.h>
#include <fmt/ranges.h>
#include <spawn.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <future>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "base/shipped.hpp"

namespace purse {

namespace fs = std::filesystem;

namespace {

struct Closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using Scratch = std::unique_ptr<std::FILE, Closer>;

// A nameless file: nothing of it is left, whatever happens.
Scratch scratch(std::string_view bytes = {}) {
    Scratch file(std::tmpfile());
    if (file == nullptr || std::fwrite(bytes.data(), 1, bytes.size(), file.get()) != bytes.size() ||
        std::fflush(file.get()) != 0) {
        throw std::runtime_error("a temporary file cannot be written");
    }
    std::rewind(file.get());
    return file;
}

std::string bytes_of(std::FILE* file) {
    std::string bytes;
    std::array<char, 65536> part{};
    std::rewind(file);
    while (const std::size_t count = std::fread(part.data(), 1, part.size(), file)) {
        bytes.append(part.data(), count);
    }
    return bytes;
}

// All that it is told of where it runs: nothing that the server's own environment may hold.
std::vector<std::string> bare_environment() {
    const char* path = std::getenv("PATH");
    return {std::string("PATH=") + (path != nullptr ? path : "/usr/bin:/bin"), "LANG=C.UTF-8"};
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> all;
    for (std::string& text : texts) all.push_back(text.data());
    all.push_back(nullptr);
    return all;
}

Problem unavailable(std::string says) { return {ProblemKind::unavailable, std::move(says)}; }

struct Ended {
    int fault = 0;  // of starting it
    int status = 0;
};

Ended run(std::vector<std::string> words, std::FILE* in, std::FILE* out, std::FILE* said) {
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, fileno(in), STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, fileno(out), STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&files, fileno(said), STDERR_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);  // a server's sockets
    std::vector<std::string> environment = bare_environment();
    pid_t child = 0;
    Ended ended;
    ended.fault = posix_spawnp(&child, words.front().c_str(), &files, nullptr,
                               pointers(words).data(), pointers(environment).data());
    posix_spawn_file_actions_destroy(&files);
    if (ended.fault != 0) return ended;
    while (waitpid(child, &ended.status, 0) < 0) {
        if (errno != EINTR) throw std::runtime_error("what prints cannot be waited for");
    }
    return ended;
}

// PDFs one after the other, each after its length; none where the bytes end too early.
std::optional<std::vector<std::string>> taken_apart(std::string_view bytes) {
    std::vector<std::string> pdfs;
    while (!bytes.empty()) {
        if (bytes.size() < 8) return std::nullopt;
        std::uint64_t length = 0;
        for (const char byte : bytes.substr(0, 8)) {
            length = length << 8 | static_cast<unsigned char>(byte);
        }
        bytes.remove_prefix(8);
        if (bytes.size() < length) return std::nullopt;
        pdfs.emplace_back(bytes.substr(0, length));
        bytes.remove_prefix(length);
    }
    return pdfs;
}

using Pages = std::span<const std::string>;

Result<std::vector<std::string>> printed(Pages pages) {
    const fs::path script = shipped("share/purse/print", "print") / "print.py";
    const fs::path packages = shipped("lib/purse/python", "third_party/typst/packages");
    if (!fs::exists(packages / "typst")) {
        return unavailable(fmt::format(
            "a PDF is made with Typst, which is not in {}: tools/prepare.sh fetches it; or ask for "
            "--format html and print it from a browser",
            packages.string()));
    }
    const Scratch in = scratch(fmt::format("{}", fmt::join(pages, std::string_view("\0", 1))));
    const Scratch out = scratch();
    const Scratch said = scratch();
    const Ended ended =
        run({"python3", "-I", script.string(), packages.string()}, in.get(), out.get(), said.get());
    if (ended.fault == ENOENT) {
        return unavailable(
            "a PDF is made with the program python3, which is not on the PATH: install Debian's "
            "package 'python3' (apt install python3), or ask for --format html and print it from a "
            "browser");
    }
    if (ended.fault != 0) {
        return unavailable(
            fmt::format("python3 cannot be started: {}", std::strerror(ended.fault)));
    }
    const bool done = WIFEXITED(ended.status) && WEXITSTATUS(ended.status) == 0;
    auto pdfs = done ? taken_apart(bytes_of(out.get())) : std::nullopt;
    if (pdfs && pdfs->size() == pages.size()) return std::move(*pdfs);
    const std::string why = bytes_of(said.get());
    return unavailable("Typst made no PDF" + (why.empty() ? "" : ": " + why.substr(0, 500)));
}

}  // namespace

Result<std::vector<std::string>> as_pdfs(const std::vector<std::string>& pages, int printers) {
    const auto count = static_cast<std::size_t>(std::max(1, printers));
    const std::size_t share = (pages.size() + count - 1) / count;
    std::vector<std::future<Result<std::vector<std::string>>>> at_work;
    for (std::size_t from = 0; from < pages.size(); from += share) {
        const Pages own = Pages(pages).subspan(from, std::min(share, pages.size() - from));
        at_work.push_back(std::async(std::launch::async, printed, own));
    }
    std::vector<std::string> all;
    for (auto& printer : at_work) {
        auto pdfs = printer.get();
        if (!pdfs) return pdfs.problem();
        std::ranges::move(*pdfs, std::back_inserter(all));
    }
    return all;
}

Result<std::string> as_pdf(const std::string& html) {
    auto pdfs = printed({&html, 1});
    if (!pdfs) return pdfs.problem();
    return std::move(pdfs->front());
}

}  // namespace purse
