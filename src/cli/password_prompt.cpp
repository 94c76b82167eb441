#include "cli/password_prompt.hpp"

#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

#include <cstdio>
#include <iostream>

namespace purse {

namespace {

// The keyboard's echo is off for as long as it lives.
class NoEcho {
  public:
    NoEcho() {
        if (::tcgetattr(STDIN_FILENO, &before_) != 0) return;
        termios silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        changed_ = ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0;
    }
    ~NoEcho() {
        if (changed_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    }
    NoEcho(const NoEcho&) = delete;
    NoEcho& operator=(const NoEcho&) = delete;

  private:
    termios before_{};
    bool changed_ = false;
};

std::string asked(const std::string& what) {
    fmt::print(stderr, "{}: ", what);
    std::string line;
    {
        const NoEcho unseen;
        std::getline(std::cin, line);
    }
    fmt::print(stderr, "\n");
    return line;
}

}  // namespace

Result<std::string> new_password(const std::string& account) {
    if (::isatty(STDIN_FILENO) == 0) {
        std::string line;
        std::getline(std::cin, line);
        if (!line.empty() && line.back() == '\r') line.pop_back();
        if (line.empty()) return bad_input("no password came from stdin");
        return line;
    }
    std::string first = asked("New password for " + account);
    if (asked("The same again") != first) {
        return bad_input("the two passwords differ: nothing was changed");
    }
    return first;
}

}  // namespace purse
