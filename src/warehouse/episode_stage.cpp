#include "warehouse/episode_stage.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <cstring>
#include <fstream>
#include <memory>
#include <stdexcept>

namespace purse {

namespace {

template <class Number>
void write(std::string& to, Number number) {
    to.append(reinterpret_cast<const char*>(&number), sizeof number);
}

void write_text(std::string& to, std::string_view text) {
    write(to, static_cast<std::uint32_t>(text.size()));
    to.append(text);
}

// Walks what the writers above have written.
class Cursor {
  public:
    explicit Cursor(std::string_view bytes) : rest_(bytes) {}
    [[nodiscard]] bool at_end() const { return rest_.empty(); }
    template <class Number>
    Number read() {
        CHECK(rest_.size() >= sizeof(Number));
        Number number{};
        std::memcpy(&number, rest_.data(), sizeof number);
        rest_.remove_prefix(sizeof number);
        return number;
    }
    std::string_view text() {
        const auto size = read<std::uint32_t>();
        CHECK(rest_.size() >= size);
        const std::string_view taken = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return taken;
    }

  private:
    std::string_view rest_;
};

constexpr std::int32_t no_date = std::numeric_limits<std::int32_t>::min();

void write_extra(std::string& to, const EpisodeBatch::Extra& extra) {
    write(to, extra.number);
    write(to, extra.last);
    write(to, extra.last_given);
    write(to, extra.dominant);
    write(to, extra.start ? extra.start->days() : no_date);
    write(to, extra.end ? extra.end->days() : no_date);
    write_text(to, extra.episode_hrg);
}

std::optional<Date> read_date_of(Cursor& from) {
    const auto days = from.read<std::int32_t>();
    return days == no_date ? std::optional<Date>() : Date(days);
}

EpisodeBatch::Extra read_extra(Cursor& from) {
    EpisodeBatch::Extra extra;
    extra.number = from.read<std::int64_t>();
    extra.last = from.read<bool>();
    extra.last_given = from.read<bool>();
    extra.dominant = from.read<bool>();
    extra.start = read_date_of(from);
    extra.end = read_date_of(from);
    extra.episode_hrg = from.text();
    return extra;
}

void write_row(std::string& to, const EpisodeBatch& episodes, std::size_t row) {
    for (const RecordColumn& column : episodes.rows.columns) {
        write(to, column.present[row]);
        if (column.type == ColumnType::text) {
            write_text(to, column.texts[row]);
        } else if (column.type == ColumnType::pseudonym) {
            write(to, column.pseudonyms[row]);
        } else {
            write(to, column.numbers[row]);
        }
    }
    write_extra(to, episodes.extras[row]);
    for (const auto& texts : episodes.given.texts) write_text(to, texts[row]);
}

void read_row(Cursor& from, EpisodeBatch& episodes) {
    for (RecordColumn& column : episodes.rows.columns) {
        column.present.push_back(from.read<std::uint8_t>());
        if (column.type == ColumnType::text) {
            column.texts.push_back(from.text());
        } else if (column.type == ColumnType::pseudonym) {
            column.pseudonyms.push_back(from.read<Pseudonym>());
        } else {
            column.numbers.push_back(from.read<std::int64_t>());
        }
    }
    episodes.extras.push_back(read_extra(from));
    for (auto& texts : episodes.given.texts) texts.push_back(from.text());
    ++episodes.rows.rows;
}

// FNV-1a: only spreads the spells over the parts.
std::size_t part_of(std::string_view provider, std::string_view spell) {
    std::uint64_t hash = 0xCBF29CE484222325ULL;
    for (const std::string_view text : {provider, std::string_view("/"), spell}) {
        for (const char c : text) {
            hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
        }
    }
    return (hash >> 32) % EpisodeStage::parts;
}

std::filesystem::path stage_folder(const std::filesystem::path& folder) {
    static std::atomic<int> count{0};
    return folder / fmt::format("episodes-{}-{}", ::getpid(), count++);
}

}  // namespace

EpisodeStage::EpisodeStage(std::filesystem::path folder, std::size_t memory_bytes)
    : folder_(stage_folder(folder)), most_held_(memory_bytes) {}

EpisodeStage::~EpisodeStage() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

std::filesystem::path EpisodeStage::file(std::size_t part) const {
    return folder_ / fmt::format("part-{:02}", part);
}

void EpisodeStage::append(const EpisodeBatch& episodes) {
    if (episodes.rows.rows == 0) return;
    static const std::size_t provider = column_index(DataSet::admitted_care, "provider");
    static const std::size_t spell = column_index(DataSet::admitted_care, "spell_id");
    const std::lock_guard lock(mutex_);
    given_names_ = episodes.given.names;
    for (std::size_t row = 0; row < episodes.rows.rows; ++row) {
        std::string& part = rows_[part_of(episodes.rows.columns[provider].texts[row],
                                          episodes.rows.columns[spell].texts[row])];
        const std::size_t before = part.size();
        write_row(part, episodes, row);
        held_ += part.size() - before;
    }
    if (held_ > most_held_) spill();
}

void EpisodeStage::spill() {
    std::filesystem::create_directories(folder_);
    for (std::size_t i = 0; i < parts; ++i) {
        std::ofstream to(file(i), std::ios::binary | std::ios::app);
        to << rows_[i];
        if (!to.flush()) {
            throw std::runtime_error(
                fmt::format("cannot write {}: is the disk full?", file(i).string()));
        }
        spilled_[i] = true;
        rows_[i].clear();
    }
    held_ = 0;
}

EpisodeBatch EpisodeStage::part(std::size_t number) const {
    auto bytes = std::make_shared<std::string>();
    if (spilled_[number]) {
        std::ifstream from(file(number), std::ios::binary);
        bytes->assign(std::istreambuf_iterator<char>(from), {});
    }
    *bytes += rows_[number];
    EpisodeBatch episodes;
    episodes.given.names = given_names_;
    episodes.given.texts.resize(given_names_.size());
    for (Cursor cursor(*bytes); !cursor.at_end();) read_row(cursor, episodes);
    episodes.rows.keep_alive.push_back(bytes);
    return episodes;
}

}  // namespace purse
