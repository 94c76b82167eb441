// The pages: every file of web/dist, read once when the server starts, with its compressed variants
// beside it (.br, .gz). Looking one up touches no disk, so no name leads out of the folder.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "api/message.hpp"

namespace purse {

class StaticFiles {
  public:
    StaticFiles() = default;  // none: a page that says how to build them
    // The problem names the folder.
    static Result<StaticFiles> read(const std::filesystem::path& folder);

    // The file of the path, or index.html where the path looks like a page's (deep links of the
    // pages); files that are missing are not found. Compressed where the asker takes it.
    [[nodiscard]] Result<HttpResponse> serve(const HttpRequest& request) const;

  private:
    struct File {
        std::string content_type;
        std::string etag;
        std::shared_ptr<const std::string> plain, brotli, gzip;
        bool is_hashed = false;  // its name changes with its bytes: kept for a year
    };
    std::map<std::string, File> files_;
};

// The headers that every answer carries.
void add_security_headers(HttpResponse& response, bool is_tls);

}  // namespace purse
