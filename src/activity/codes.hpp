// The codes of activity.
#pragma once

#include "base/code.hpp"

namespace purse {

using Hrg = Code<struct HrgTag>;                              // EB03D, VB01Z
using TreatmentFunction = Code<struct TreatmentFunctionTag>;  // 100, 330, 812

}  // namespace purse
