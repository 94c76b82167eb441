// Spells from their episodes: one record for each stay of a patient at a provider. The order of the
// episodes does not matter.
#pragma once

#include <cstdint>
#include <vector>

#include "intake/intake.hpp"

namespace purse {

struct SpellsOut {
    RecordBatch spells;  // by provider, then spell number
    GivenColumns given;  // of the spells: as their last episode gives them
    std::vector<Finding> findings;
    std::uint64_t rows_read = 0;      // episodes
    std::uint64_t rows_rejected = 0;  // episodes of spells that could not be put together
    std::uint64_t rows_folded = 0;    // episodes beyond the first of the spells that could
};

// Puts together the episodes that bear one provider and spell number; `episodes` must hold all
// episodes of each of its spells. A spell is rejected with all its episodes when none of them is
// marked as the last; it takes the admission and the practice of its first episode, the discharge
// of its last, the spell's own HRG (else that of the dominant or the last episode), and the sums of
// the days that are taken out of the stay (domain: pricing order of calculation, steps 1 and 2).
SpellsOut build_spells(const Intake& intake, const EpisodeBatch& episodes);

}  // namespace purse
