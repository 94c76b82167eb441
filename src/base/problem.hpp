// A Problem is what a person is told when their input cannot be used: what, where, what to do.
#pragma once

#include <string>
#include <string_view>

namespace purse {

enum class ProblemKind {
    bad_input,      // a file or an argument is wrong
    not_found,      // no such practice, month, batch, file
    conflict,       // the site's state does not allow it (another year's HRG, a newer register)
    forbidden,      // not allowed to this person
    not_signed_in,  // nobody is signed in, or the name, password or code is wrong
    too_many,       // too many attempts: wait
    unavailable,    // a store cannot be reached or is locked, or a program is not installed
};

struct Problem {
    ProblemKind kind = ProblemKind::bad_input;
    std::string says;  // for a practice manager: what, where (file, line, column), what to do
};

// One table for every door: the exit code of the command line (0 is success).
int exit_code(ProblemKind kind);
std::string_view name_of(ProblemKind kind);

inline Problem bad_input(std::string says) { return {ProblemKind::bad_input, std::move(says)}; }
inline Problem not_found(std::string says) { return {ProblemKind::not_found, std::move(says)}; }
inline Problem conflict(std::string says) { return {ProblemKind::conflict, std::move(says)}; }

}  // namespace purse
