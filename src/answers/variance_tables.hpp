// Variances and the patients behind them as tables: for CSV and workbooks.
#pragma once

#include "desk/patient_lists.hpp"
#include "desk/variance_drill.hpp"
#include "render/table_files.hpp"

namespace purse {

// What it was asked by, a row each; where the rows have the variance's parts, the total at the end.
ReportTable table_of(const VarianceDrill& drill);
ReportTable table_of(const PatientList& list);

}  // namespace purse
