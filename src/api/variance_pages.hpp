// Variances, patients behind them and repriced years as the pages are told them.
#pragma once

#include <string>

#include "desk/patient_lists.hpp"
#include "desk/repricing.hpp"
#include "desk/variance_drill.hpp"
#include "render/table_files.hpp"

namespace purse {

std::string variance_page(const PracticeVariance& variance, const VarianceDrill& drill);
ReportTable table_of(const VarianceDrill& drill);

std::string patients_page(const PatientList& list);
ReportTable table_of(const PatientList& list);

std::string repricing_page(const Repricing& repricing);

}  // namespace purse
