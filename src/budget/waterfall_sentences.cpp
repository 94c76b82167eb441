#include "budget/waterfall_sentences.hpp"

#include <fmt/format.h>

#include <cstdlib>

#include "money/grouped.hpp"

namespace purse {

std::string change_in_words(Pence amount) {
    if (amount == Pence(0)) return "which changed nothing";
    return amount > Pence(0) ? "which added " + roughly(amount)
                             : "which took away " + roughly(-amount);
}

std::string patients_in_words(Patients list) {
    std::string text = grouped(list.thousandths() / 1000);
    if (list.thousandths() % 1000 != 0) {
        text += fmt::format(".{:03}", list.thousandths() % 1000);
        text.erase(text.find_last_not_of('0') + 1);
    }
    return text;
}

std::string growth_in_words(std::int64_t then, std::int64_t now) {
    const std::string size = percent(std::abs(now - then), then);
    if (size == "0.0%") return now == then ? "stayed as it was" : "hardly changed";
    return fmt::format("{} by {}", now > then ? "grew" : "shrank", size);
}

std::string move_title(const WaterfallScope& scope) {
    return scope.method() == BudgetMethod::fair_share ? "To your fair share"
                                                      : "Towards your fair share";
}

std::string move_in_words(const WaterfallScope& scope) {
    const auto one = scope.method();
    if (one == BudgetMethod::historic) return "This scheme goes by history alone: no move";
    if (one == BudgetMethod::fair_share) return "This scheme gives the fair share at once";
    return "The move of the year towards your fair share";
}

}  // namespace purse
