#include "statistics/nelder_mead.hpp"

#include <algorithm>
#include <cmath>

#include "base/check.hpp"

namespace purse {

namespace {

constexpr double not_allowed = 1e35;
constexpr double contraction = 0.5;
constexpr double expansion = 2;

class Simplex {
  public:
    Simplex(const std::function<double(const std::vector<double>&)>& height,
            std::vector<double> start, const SimplexSettings& settings)
        : height_(height), settings_(settings) {
        const double first = height_(start);
        CHECK(std::isfinite(first));
        evaluations_ = 1;
        near_enough_ = settings.tolerance * (std::abs(first) + settings.tolerance);
        spread_from(std::move(start), first);
    }

    LowestPlace walk() {
        do {
            if (shrunk_) measure_all_but_lowest();
            find_ends();
            if (heights_[highest_] <= heights_[lowest_] + near_enough_) break;
            if (!turn()) break;
        } while (evaluations_ <= settings_.most_evaluations);
        lowest_ = static_cast<std::size_t>(std::min_element(heights_.begin(), heights_.end()) -
                                           heights_.begin());
        return {corners_[lowest_], heights_[lowest_], evaluations_};
    }

  private:
    using Place = std::vector<double>;

    double measured(const Place& place) {
        ++evaluations_;
        const double found = height_(place);
        return std::isfinite(found) ? found : not_allowed;
    }

    // One step along each number, a tenth of the largest.
    void spread_from(Place start, double first) {
        double step = 0;
        for (const double number : start) step = std::max(step, 0.1 * std::abs(number));
        if (step == 0) step = 0.1;
        corners_.assign(start.size() + 1, start);
        heights_.assign(start.size() + 1, first);
        for (std::size_t i = 0; i < start.size(); ++i) {
            double longer = step;
            while (corners_[i + 1][i] == start[i]) {
                corners_[i + 1][i] = start[i] + longer;
                longer *= 10;
            }
            size_ += longer;
        }
    }

    void measure_all_but_lowest() {
        for (std::size_t j = 0; j < corners_.size(); ++j) {
            if (j != lowest_) heights_[j] = measured(corners_[j]);
        }
        shrunk_ = false;
    }

    void find_ends() {
        highest_ = lowest_;
        const std::size_t before = lowest_;
        double low = heights_[lowest_];
        double high = low;
        for (std::size_t j = 0; j < corners_.size(); ++j) {
            if (j == before && before == lowest_) continue;
            if (heights_[j] < low) {
                lowest_ = j;
                low = heights_[j];
            }
            if (heights_[j] > high) {
                highest_ = j;
                high = heights_[j];
            }
        }
    }

    [[nodiscard]] Place middle_of_others() const {
        Place middle(corners_.front().size());
        for (std::size_t i = 0; i < middle.size(); ++i) {
            double sum = -corners_[highest_][i];
            for (const Place& corner : corners_) sum += corner[i];
            middle[i] = sum / static_cast<double>(middle.size());
        }
        return middle;
    }

    static Place between(const Place& from, const Place& to, double share) {
        Place place(from.size());
        for (std::size_t i = 0; i < place.size(); ++i) {
            place[i] = (1 - share) * from[i] + share * to[i];
        }
        return place;
    }

    void replace_highest(Place place, double height) {
        corners_[highest_] = std::move(place);
        heights_[highest_] = height;
    }

    // False where the simplex no longer shrinks.
    bool turn() {
        const Place middle = middle_of_others();
        Place mirrored(middle.size());
        for (std::size_t i = 0; i < middle.size(); ++i) {
            mirrored[i] = 2.0 * middle[i] - corners_[highest_][i];
        }
        const double at_mirrored = measured(mirrored);
        if (at_mirrored < heights_[lowest_]) {
            stretch(middle, std::move(mirrored), at_mirrored);
            return true;
        }
        const bool better_than_worst = at_mirrored < heights_[highest_];
        if (better_than_worst) replace_highest(std::move(mirrored), at_mirrored);
        Place drawn_in = between(corners_[highest_], middle, contraction);
        const double at_drawn_in = measured(drawn_in);
        if (at_drawn_in < heights_[highest_]) {
            replace_highest(std::move(drawn_in), at_drawn_in);
            return true;
        }
        return better_than_worst || shrink();
    }

    void stretch(const Place& middle, Place mirrored, double at_mirrored) {
        Place further(middle.size());
        for (std::size_t i = 0; i < middle.size(); ++i) {
            further[i] = expansion * mirrored[i] + (1 - expansion) * middle[i];
        }
        const double at_further = measured(further);
        if (at_further < at_mirrored) {
            replace_highest(std::move(further), at_further);
        } else {
            replace_highest(std::move(mirrored), at_mirrored);
        }
    }

    bool shrink() {
        double size = 0;
        const Place& towards = corners_[lowest_];
        for (std::size_t j = 0; j < corners_.size(); ++j) {
            if (j == lowest_) continue;
            for (std::size_t i = 0; i < towards.size(); ++i) {
                corners_[j][i] = contraction * (corners_[j][i] - towards[i]) + towards[i];
                size += std::abs(corners_[j][i] - towards[i]);
            }
        }
        shrunk_ = true;
        if (size >= size_) return false;
        size_ = size;
        return true;
    }

    const std::function<double(const std::vector<double>&)>& height_;
    SimplexSettings settings_;
    std::vector<Place> corners_;
    std::vector<double> heights_;
    std::size_t lowest_ = 0;
    std::size_t highest_ = 0;
    std::size_t evaluations_ = 0;
    double near_enough_ = 0;
    double size_ = 0;
    bool shrunk_ = true;  // heights of all corners but the lowest are to be measured
};

}  // namespace

LowestPlace lowest_place(const std::function<double(const std::vector<double>&)>& height,
                         std::vector<double> start, const SimplexSettings& settings) {
    CHECK(!start.empty());
    return Simplex(height, std::move(start), settings).walk();
}

}  // namespace purse
