#include "population/answered_lists.hpp"

#include <set>

namespace purse {

std::map<PracticeCode, std::vector<PracticeCode>> answered_lists(const Affiliations& affiliations,
                                                                 const std::vector<ListSize>& sizes,
                                                                 Date day, Date as_at) {
    std::set<PracticeCode> with_lists;
    for (const ListSize& size : sizes) {
        if (size.as_at <= day) with_lists.insert(size.practice);
    }
    std::map<PracticeCode, std::vector<PracticeCode>> answered;
    for (const PracticeCode practice : with_lists) {
        if (affiliations.current_of(practice, day) != practice) continue;
        answered[affiliations.current_of(practice, as_at)].push_back(practice);
    }
    return answered;
}

std::optional<Patients> total_of_all(const Lists& lists, const std::vector<PracticeCode>& practices,
                                     Date day) {
    Patients sum;
    for (const PracticeCode practice : practices) {
        const auto total = lists.total(practice, day);
        if (!total) return std::nullopt;
        sum += *total;
    }
    return sum;
}

}  // namespace purse
