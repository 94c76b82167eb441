// Writes structures in Thrift's compact protocol, as Parquet's headers and footer are: numbers,
// texts, lists and nested structures, the fields in ascending order.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "warehouse/parquet_encoding.hpp"

namespace purse {

class CompactThrift {
  public:
    // The outermost structure is open.
    explicit CompactThrift(std::string& out) : out_(out) { fields_.push_back(0); }

    void number(int field, std::int32_t value) {
        head(field, type_i32);
        put_zigzag(out_, value);
    }
    void long_number(int field, std::int64_t value) {
        head(field, type_i64);
        put_zigzag(out_, value);
    }
    void text(int field, std::string_view value) {
        head(field, type_binary);
        item(value);
    }
    void numbers(int field, std::size_t count) { list(field, type_i32, count); }
    void texts(int field, std::size_t count) { list(field, type_binary, count); }
    void structures(int field, std::size_t count) { list(field, type_struct, count); }
    // The items of a list; of a list of structures, `open` and `close` each.
    void item(std::int32_t value) { put_zigzag(out_, value); }
    void item(std::string_view value) {
        put_varint(out_, value.size());
        out_ += value;
    }
    void open() { fields_.push_back(0); }
    void open(int field) {
        head(field, type_struct);
        open();
    }
    void close() {
        out_ += '\0';
        fields_.pop_back();
    }

  private:
    static constexpr int type_i32 = 5;
    static constexpr int type_i64 = 6;
    static constexpr int type_binary = 8;
    static constexpr int type_list = 9;
    static constexpr int type_struct = 12;

    void head(int field, int type) {
        out_ += static_cast<char>((field - fields_.back()) << 4 | type);
        fields_.back() = field;
    }
    void list(int field, int type, std::size_t count) {
        head(field, type_list);
        if (count < 15) {
            out_ += static_cast<char>(static_cast<int>(count) << 4 | type);
        } else {
            out_ += static_cast<char>(0xF0 | type);
            put_varint(out_, count);
        }
    }

    std::string& out_;
    std::vector<int> fields_;  // the last of each open structure
};

}  // namespace purse
