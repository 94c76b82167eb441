// Variances, patients behind them and repriced years as JSON. The shapes are those of
// api/openapi.yaml.
#pragma once

#include <string>

#include "desk/patient_lists.hpp"
#include "desk/repricing.hpp"
#include "desk/variance_drill.hpp"

namespace purse {

std::string as_json(const PracticeVariance& variance, const VarianceDrill& drill);
std::string as_json(const PatientList& list);
std::string as_json(const Repricing& repricing);

}  // namespace purse
