#include "activity/record_batch.hpp"

namespace purse {

RecordBatch RecordBatch::empty(DataSet set) {
    RecordBatch batch;
    batch.set = set;
    for (const StoredColumn& column : stored_columns(set)) {
        batch.columns.push_back({.type = column.type});
    }
    return batch;
}

}  // namespace purse
