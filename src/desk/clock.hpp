// The only clock of the house: rooms below are told the time.
#pragma once

#include <string>

namespace purse {

std::string now_utc();  // "2017-07-14T09:30:00Z"

}  // namespace purse
