#include "kill/killed_program.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <stdexcept>
#include <thread>

#include "support/demo_site.hpp"

namespace purse::testing {

namespace {

using Clock = std::chrono::steady_clock;

pid_t spawned(std::vector<std::string> words, const std::filesystem::path& log) {
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 1, log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawn_file_actions_adddup2(&files, 1, 2);
    pid_t child = -1;
    const int fault = posix_spawn(&child, argv[0], &files, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&files);
    if (fault != 0) throw std::runtime_error("cannot start " + words.front());
    return child;
}

void reap(pid_t child, ChildEnd& end) {
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
    end.killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
    if (WIFEXITED(status)) end.exit_code = WEXITSTATUS(status);
}

}  // namespace

ChildEnd run_purse(const std::vector<std::string>& arguments, const std::filesystem::path& log,
                   std::optional<std::chrono::microseconds> kill_after) {
    std::vector<std::string> words = {PURSE_PROGRAM};
    words.insert(words.end(), arguments.begin(), arguments.end());
    const auto start = Clock::now();
    const pid_t child = spawned(std::move(words), log);
    ChildEnd end;
    if (kill_after) {
        // Not reaped before the signal is sent, so that the number cannot be another's by then.
        std::this_thread::sleep_until(start + *kill_after);
        kill(child, SIGKILL);
    }
    reap(child, end);
    end.lasted = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start);
    end.says = bytes_of(log);
    return end;
}

}  // namespace purse::testing
