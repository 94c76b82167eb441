#include "support/altered_register.hpp"

#include "register/store.hpp"

namespace purse::testing {

void alter_register(const std::filesystem::path& sqlite_file, const std::string& sql) {
    Store(RegisterAddress::of_file(sqlite_file)).write("be altered", [&](Session& session) {
        session.run(sql);
    });
}

}  // namespace purse::testing
