#include "warehouse/sql_lists.hpp"

#include "warehouse/database.hpp"

namespace purse {

std::string account_list(const std::vector<Account>& accounts) {
    std::string list;
    for (const Account account : accounts) {
        list += (list.empty() ? "" : ", ") + sql_text(account.text());
    }
    return list.empty() ? "''" : list;
}

std::string column_list(DataSet set) {
    std::string list;
    for (const StoredColumn& column : stored_columns(set)) {
        list += (list.empty() ? "" : ", ") + std::string(column.name);
    }
    return list;
}

}  // namespace purse
