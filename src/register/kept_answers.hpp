// What a request that may be sent again was answered with. The register keeps it as it is given:
// hashes, and an answer that the site's key sealed, as answers may hold links.
#pragma once

#include <string>

namespace purse {

struct KeptAnswer {
    std::string key_hash;      // of the person and their key
    std::string request_hash;  // of what was asked
    std::string server;        // which run of a server began it
    std::string begun_at;
    std::string answer;  // empty: it runs, or its server went down while it ran
};

}  // namespace purse
