#include "base/problem.hpp"

namespace purse {

int exit_code(ProblemKind kind) {
    switch (kind) {
        case ProblemKind::bad_input:
            return 2;
        case ProblemKind::not_found:
            return 3;
        case ProblemKind::conflict:
            return 4;
        case ProblemKind::forbidden:
            return 5;
        case ProblemKind::unavailable:
            return 6;
        case ProblemKind::not_signed_in:
            return 7;
        case ProblemKind::too_many:
            return 8;
    }
    return 1;
}

std::string_view name_of(ProblemKind kind) {
    switch (kind) {
        case ProblemKind::bad_input:
            return "bad input";
        case ProblemKind::not_found:
            return "not found";
        case ProblemKind::conflict:
            return "conflict";
        case ProblemKind::forbidden:
            return "forbidden";
        case ProblemKind::unavailable:
            return "unavailable";
        case ProblemKind::not_signed_in:
            return "not signed in";
        case ProblemKind::too_many:
            return "too many attempts";
    }
    return "problem";
}

}  // namespace purse
