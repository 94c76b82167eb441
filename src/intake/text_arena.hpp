// A store of text whose views hold as long as its blocks do: for values put together at the door.
#pragma once

#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace purse {

class TextArena {
  public:
    // Room for `size` characters, to be written at once.
    char* take(std::size_t size) {
        if (size > left_) {
            const std::size_t block = size > block_size ? size : block_size;
            blocks_.push_back(std::make_shared<std::vector<char>>(block));
            at_ = blocks_.back()->data();
            left_ = block;
        }
        char* const taken = at_;
        at_ += size;
        left_ -= size;
        return taken;
    }
    std::string_view copy(std::string_view text) {
        if (text.empty()) return {};
        char* const place = take(text.size());
        std::memcpy(place, text.data(), text.size());
        return {place, text.size()};
    }
    // The blocks, to be kept alive; the arena starts afresh.
    std::vector<std::shared_ptr<const void>> release() {
        std::vector<std::shared_ptr<const void>> owners(blocks_.begin(), blocks_.end());
        blocks_.clear();
        at_ = nullptr;
        left_ = 0;
        return owners;
    }

  private:
    static constexpr std::size_t block_size = std::size_t{64} << 10;
    std::vector<std::shared_ptr<std::vector<char>>> blocks_;
    char* at_ = nullptr;
    std::size_t left_ = 0;
};

}  // namespace purse
