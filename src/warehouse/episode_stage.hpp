// Episodes of spells that are not whole yet, kept in the staging folder until the file has been
// read: in parts by the hash of provider and spell number, so that all episodes of a spell meet in
// one part and memory holds one part at a time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <string>

#include "intake/intake.hpp"

namespace purse {

class EpisodeStage {
  public:
    static constexpr std::size_t parts = 64;

    // The folder must exist; files in it are made when `memory_bytes` are full, and go with the
    // stage.
    explicit EpisodeStage(std::filesystem::path folder,
                          std::size_t memory_bytes = std::size_t{32} << 20);
    ~EpisodeStage();
    EpisodeStage(const EpisodeStage&) = delete;
    EpisodeStage& operator=(const EpisodeStage&) = delete;

    void append(const EpisodeBatch& episodes);  // thread-safe; copies
    // The episodes of a part, in no order; its memory goes with the batch.
    [[nodiscard]] EpisodeBatch part(std::size_t number) const;

  private:
    [[nodiscard]] std::filesystem::path file(std::size_t part) const;
    void spill();

    std::filesystem::path folder_;
    std::size_t most_held_;
    std::mutex mutex_;
    std::size_t held_ = 0;
    std::vector<std::string> given_names_;
    std::array<std::string, parts> rows_;
    std::array<bool, parts> spilled_{};
};

}  // namespace purse
