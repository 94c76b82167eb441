#include "support/postgres_cluster.hpp"

#include <fcntl.h>
#include <pwd.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>
#include <vector>

namespace purse::testing {

namespace {

namespace fs = std::filesystem;

// initdb and postgres refuse to be root, so root hands them to Debian's own user.
std::vector<std::string> as_server_user(std::vector<std::string> command) {
    if (geteuid() == 0) {
        const std::vector<std::string> other = {"/usr/sbin/runuser", "-u", "postgres", "--"};
        command.insert(command.begin(), other.begin(), other.end());
    }
    return command;
}

int spawned(const std::vector<std::string>& command, const fs::path& log) {
    std::vector<char*> argv;
    for (const std::string& word : command) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 1, log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0666);
    posix_spawn_file_actions_adddup2(&files, 1, 2);
    posix_spawn_file_actions_addchdir_np(&files, "/");
    pid_t child = -1;
    const int fault = posix_spawn(&child, argv[0], &files, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&files);
    if (fault != 0) return -1;
    int status = -1;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void give_to_server_user(const fs::path& folder) {
    if (geteuid() != 0) return;
    const passwd* user = getpwnam("postgres");
    if (user == nullptr || chown(folder.c_str(), user->pw_uid, user->pw_gid) != 0) {
        throw std::runtime_error("the folder " + folder.string() + " cannot go to user postgres");
    }
}

}  // namespace

fs::path PostgresCluster::programs() {
    fs::path newest;
    int newest_version = 0;
    std::error_code absent;
    for (const auto& version : fs::directory_iterator("/usr/lib/postgresql", absent)) {
        const int number = std::atoi(version.path().filename().c_str());
        if (number <= newest_version || !fs::exists(version.path() / "bin/initdb")) continue;
        newest = version.path() / "bin";
        newest_version = number;
    }
    return newest;
}

PostgresCluster& PostgresCluster::running() {
    static PostgresCluster cluster;
    return cluster;
}

PostgresCluster::PostgresCluster() {
    std::string name = "/tmp/purse-postgres-XXXXXX";
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = name;
    give_to_server_user(folder_);
    watch_over();
    start();
}

void PostgresCluster::start() {
    const std::string data = folder_ / "data";
    run("initdb",
        {"-D", data, "-U", "purse", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"});
    start_again();
}

void PostgresCluster::stop() {
    run("pg_ctl", {"-D", folder_ / "data", "-m", "immediate", "-w", "stop"});
}

void PostgresCluster::start_again() {
    const std::string data = folder_ / "data";
    run("pg_ctl", {"-D", data, "-l", folder_ / "server.log", "-w", "-o",
                   "-k " + folder_.string() +
                       " -c listen_addresses= -c fsync=off -c full_page_writes=off"
                       " -c max_connections=40",
                   "start"});
}

void PostgresCluster::run(const std::string& program, std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), programs() / program);
    const fs::path log = folder_ / "programs.log";
    if (spawned(as_server_user(arguments), log) != 0) {
        throw std::runtime_error(program + " failed: see " + log.string());
    }
}

// A child that outlives a crash of the test program: it waits for the pipe to close, then stops the
// server and takes the folder away.
void PostgresCluster::watch_over() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    watcher_ = fork();
    if (watcher_ != 0) {
        close(ends[0]);
        lifeline_ = ends[1];
        return;
    }
    close(ends[1]);
    setsid();
    char byte = 0;
    while (read(ends[0], &byte, 1) > 0) continue;
    spawned(as_server_user(
                {programs() / "pg_ctl", "-D", folder_ / "data", "-m", "immediate", "-w", "stop"}),
            "/dev/null");
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
    _exit(0);
}

PostgresCluster::~PostgresCluster() {
    close(lifeline_);
    waitpid(watcher_, nullptr, 0);
}

std::string PostgresCluster::new_database(const std::string& password) {
    const std::string name = "register_" + std::to_string(++databases_);
    run("createdb", {"-h", folder_, "-U", "purse", name});
    if (password.empty())
        return "postgresql:///" + name + "?host=" + folder_.string() + "&user=purse";
    return "postgresql://purse:" + password + "@/" + name + "?host=" + folder_.string();
}

}  // namespace purse::testing
