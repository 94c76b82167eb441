#include "render/pdf.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <vector>

extern char** environ;

namespace purse {

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

// Its bytes would follow the order of Python's sets and the day of the week otherwise.
std::vector<std::string> steady_environment() {
    std::vector<std::string> all = {"PYTHONHASHSEED=0", "SOURCE_DATE_EPOCH=0"};
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view text(*entry);
        if (!text.starts_with("PYTHONHASHSEED=") && !text.starts_with("SOURCE_DATE_EPOCH=")) {
            all.emplace_back(text);
        }
    }
    return all;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> all;
    for (std::string& text : texts) all.push_back(text.data());
    all.push_back(nullptr);
    return all;
}

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
    std::vector<std::string> environment = steady_environment();
    pid_t child = 0;
    Ended ended;
    ended.fault = posix_spawnp(&child, words.front().c_str(), &files, nullptr,
                               pointers(words).data(), pointers(environment).data());
    posix_spawn_file_actions_destroy(&files);
    if (ended.fault != 0) return ended;
    while (waitpid(child, &ended.status, 0) < 0) {
        if (errno != EINTR) throw std::runtime_error("WeasyPrint cannot be waited for");
    }
    return ended;
}

}  // namespace

Result<std::string> as_pdf(const std::string& html) {
    const Scratch in = scratch(html);
    const Scratch out = scratch();
    const Scratch said = scratch();
    const Ended ended =
        run({"weasyprint", "--quiet", "--encoding", "utf-8", "--pdf-variant", "pdf/ua-1", "-", "-"},
            in.get(), out.get(), said.get());
    if (ended.fault == ENOENT) {
        return not_found(
            "a PDF is made by the program weasyprint, which is not on the PATH: install Debian's "
            "package 'weasyprint' (apt install weasyprint), or ask for --format html and print it "
            "from a browser");
    }
    if (ended.fault != 0) {
        return bad_input(
            fmt::format("weasyprint cannot be started: {}", std::strerror(ended.fault)));
    }
    std::string pdf = bytes_of(out.get());
    const bool done = WIFEXITED(ended.status) && WEXITSTATUS(ended.status) == 0;
    if (done && pdf.starts_with("%PDF-")) return pdf;
    const std::string why = bytes_of(said.get());
    return bad_input("weasyprint made no PDF" + (why.empty() ? "" : ": " + why.substr(0, 500)));
}

}  // namespace purse
