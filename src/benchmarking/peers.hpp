// Practices like a practice: the nearest by stated characteristics, each on its own scale. What is
// not known of every practice is not compared by, and said.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "benchmarking/measure.hpp"
#include "organisation/codes.hpp"

namespace purse {

// What is known of a practice, by the characteristic's code.
using Characteristics = std::map<PracticeCode, std::map<std::string, double>>;

// "list_size" is "list size"; others as their code without underscores.
std::string characteristic_in_words(std::string_view code);

class Likeness {
  public:
    // Of the characteristics asked for, those known for every practice are compared by: list size
    // by its logarithm, each over its spread among the practices.
    Likeness(const Characteristics& known, const std::vector<std::string>& asked);

    // The nearest first, ties by code; without the practice itself.
    [[nodiscard]] std::vector<PracticeCode> nearest(PracticeCode practice, std::size_t count) const;
    [[nodiscard]] const std::vector<std::string>& used() const { return used_; }
    [[nodiscard]] const std::vector<std::string>& not_known() const { return not_known_; }
    [[nodiscard]] std::optional<double> value(PracticeCode practice,
                                              const std::string& characteristic) const;

  private:
    Characteristics known_;
    std::vector<std::string> used_, not_known_;
    std::map<PracticeCode, std::vector<double>> places_;
};

// practice, characteristic, value, source: what the site knows of its practices besides their
// lists. A number that is none, a practice's characteristic given twice: refused with its line.
struct KnownCharacteristics {
    Characteristics values;
    std::map<std::string, std::string> sources;  // by characteristic
};
Result<KnownCharacteristics> parse_characteristics(std::string text, std::string name);

// "list size, share of 65 and over; deprivation and rurality are not known".
std::string likeness_in_words(const Likeness& likeness);

}  // namespace purse
