// Registered lists put into other age bands, exactly or not at all.
#pragma once

#include <array>
#include <vector>

#include "base/result.hpp"
#include "population/list_size.hpp"

namespace purse {

// Men and women by the bands asked for.
struct ListByBand {
    std::vector<Patients> men, women;

    [[nodiscard]] Patients all() const;
    ListByBand& operator+=(const ListByBand& more);
    friend bool operator==(const ListByBand&, const ListByBand&) = default;
};

// "0-4", "5-14", ..., "75+": bands that hold every age once, in order.
Result<std::vector<AgeBand>> parse_age_bands(const std::vector<std::string>& texts);

// The place of an age among such bands.
std::size_t band_of(int age, const std::vector<AgeBand>& bands);

// Every band made up of whole published bands, which may overlap; a problem names the first band
// and sex that cannot be, or says that the list is not published by age and sex.
Result<ListByBand> in_bands(const std::vector<ListSize>& published,
                            const std::vector<AgeBand>& bands);

}  // namespace purse
