// A JSON object that came in, read field by field: what is unknown, missing, too long or of another
// type is a problem that names the field.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "api/message.hpp"
#include "base/result.hpp"

namespace purse {

class JsonBody {
  public:
    // At most 16 levels deep and a UTF-8 JSON object; of a name given twice the last counts.
    static Result<JsonBody> parse(std::string_view text);
    ~JsonBody();
    JsonBody(JsonBody&&) noexcept;
    JsonBody& operator=(JsonBody&&) noexcept;

    // Characters, not bytes, count. Empty where the field is absent and `needed` is false. The
    // first fault stays and is told by `done`.
    std::string text(const std::string& field, std::size_t longest, bool needed = true);
    std::optional<bool> flag(const std::string& field);
    [[nodiscard]] bool has(const std::string& field) const;
    // The first fault, or a field that nobody asked for.
    [[nodiscard]] Outcome done() const;

  private:
    struct Fields;
    explicit JsonBody(std::unique_ptr<Fields> fields);
    std::unique_ptr<Fields> fields_;
};

}  // namespace purse
