#include "synthesis/record_files.hpp"

#include <fmt/format.h>

#include <fstream>

#include "synthesis/fate.hpp"

namespace purse {

namespace {

// One file in the making: rows gather and go out in large pieces.
class Extractor {
  public:
    Extractor(const std::filesystem::path& file, DataSet set) : out_(file, std::ios::binary) {
        out_.exceptions(std::ios::failbit | std::ios::badbit);
        for (const std::string_view column : plain_columns(set)) {
            text_ += column;
            text_ += ',';
        }
        text_.back() = '\n';
    }
    void add(const Row& row) {
        row.append_to(text_);
        ++counts.rows;
        if (text_.size() > piece) flush();
    }
    ExtractCounts finished() {
        flush();
        out_.close();
        return counts;
    }
    ExtractCounts counts;

  private:
    static constexpr std::size_t piece = std::size_t{4} << 20;
    void flush() {
        out_.write(text_.data(), static_cast<std::streamsize>(text_.size()));
        text_.clear();
    }
    std::ofstream out_;
    std::string text_;
};

class MonthWriter {
  public:
    MonthWriter(const RecordSource& source, DataSet set, Month month,
                const std::filesystem::path& records)
        : source_(source), set_(set), month_(month), flex_(file_of(records, "flex"), set) {
        const bool frozen = month + source.options.months_without_freeze <= source.world.last;
        if (frozen) freeze_.emplace(file_of(records, "freeze"), set);
        for (const FictionalPractice& practice : source.world.practices) {
            if (practice.closes && *practice.closes < month.first_day()) {
                closed_practice_ = practice.code.text();
            }
        }
    }

    FilledMonth written() {
        for (std::size_t place = 0; place < source_.world.practices.size(); ++place) {
            switch (set_) {
                case DataSet::admitted_care:
                    spells(place);
                    break;
                case DataSet::outpatients:
                    appointments(place);
                    break;
                case DataSet::emergency:
                    attendances(place);
                    break;
                case DataSet::prescribing:
                    prescribing(place);
                    break;
            }
        }
        FilledMonth filled;
        filled.flex = flex_.finished();
        if (freeze_) filled.freeze = freeze_->finished();
        return filled;
    }

  private:
    [[nodiscard]] std::filesystem::path file_of(const std::filesystem::path& records,
                                                std::string_view stage) const {
        return records / short_name(set_) / fmt::format("{}-{}.csv", to_text(month_), stage);
    }

    [[nodiscard]] Bearer bearer(std::size_t place, std::uint64_t within) const {
        return {source_.world,
                source_.world.practices[place],
                source_.calibration,
                source_.options.commissioner,
                static_cast<std::uint64_t>(place) * 100'000'000 + within,
                source_.options.seed};
    }

    // The places of the month's events among those of all months.
    template <class Event, class Day>
    std::pair<std::size_t, std::size_t> range(const std::vector<Event>& events, Day day) const {
        const auto before = [&](const Event& event, Date date) { return day(event) < date; };
        const auto begin =
            std::lower_bound(events.begin(), events.end(), month_.first_day(), before);
        const auto end = std::lower_bound(begin, events.end(), month_.last_day() + 1, before);
        return {static_cast<std::size_t>(begin - events.begin()),
                static_cast<std::size_t>(end - events.begin())};
    }

    void spells(std::size_t place) {
        const auto& spells = source_.events[place].spells;
        const auto [begin, end] = range(spells, [](const Spell& s) { return s.discharge; });
        for (std::size_t i = begin; i < end; ++i) {
            const Bearer of = bearer(place, i);
            spell_rows(of, spells[i], rows_, count_);
            file_record(of.record);
        }
    }

    void appointments(std::size_t place) {
        const auto& made = source_.events[place].appointments;
        const auto [begin, end] = range(made, [](const Appointment& a) { return a.day; });
        one_row();
        for (std::size_t i = begin; i < end; ++i) {
            const Bearer of = bearer(place, i);
            appointment_row(of, made[i], rows_[0]);
            file_record(of.record);
        }
    }

    void attendances(std::size_t place) {
        const auto& came = source_.events[place].attendances;
        const auto [begin, end] = range(came, [](const Attendance& a) { return a.day; });
        one_row();
        for (std::size_t i = begin; i < end; ++i) {
            const Bearer of = bearer(place, i);
            attendance_row(of, came[i], rows_[0]);
            file_record(of.record);
        }
    }

    void prescribing(std::size_t place) {
        const auto months = static_cast<std::uint64_t>(month_ - source_.world.first);
        Chance chance(source_.options.seed, 402, place * 1000 + months);
        const PracticeCode code =
            answering(source_.world, source_.world.practices[place], month_.last_day());
        // After a merger both parts prescribe under one code: the successor's rows hold both.
        if (code != source_.world.practices[place].code) return;
        one_row();
        const auto parts = prescribers(place);
        for (std::size_t i = 0; i < source_.medicines.size(); ++i) {
            std::int64_t items = 0;
            for (const std::size_t part : parts) {
                items += items_prescribed(source_.world, part, month_, source_.medicines[i],
                                          source_.calibration, chance);
            }
            if (items == 0) continue;
            prescribing_row(source_.medicines[i], items, month_, code, source_.options.commissioner,
                            source_.calibration, rows_[0]);
            file_record((place * 1000 + months) * 10'000 + i);
        }
    }

    [[nodiscard]] std::vector<std::size_t> prescribers(std::size_t place) const {
        std::vector<std::size_t> parts = {place};
        const auto& practices = source_.world.practices;
        for (std::size_t i = 0; i < practices.size(); ++i) {
            const bool merged = practices[i].closes && *practices[i].closes < month_.last_day();
            if (merged && practices[i].successor == place) parts.push_back(i);
        }
        return parts;
    }

    void one_row() {
        if (rows_.empty()) rows_.emplace_back(set_);
        count_ = 1;
    }

    // The rows as they are for good go to the freeze, and as they first came to the flex.
    void file_record(std::uint64_t record) {
        const Fate fate = fate_of(source_.options.faults, source_.options.seed, set_, record);
        if (fate.elsewhere) {
            for (std::size_t i = 0; i < count_; ++i) send_elsewhere(rows_[i], fate.salt);
        }
        if (freeze_) file_into(*freeze_, fate, fate.spoiled_in_freeze);
        if (fate.late) {
            ++flex_.counts.late;
            return;
        }
        if (fate.corrected) {
            ++flex_.counts.corrected;
            for (std::size_t i = 0; i < count_; ++i) {
                make_provisional(rows_[i], fate.salt, source_.calibration);
            }
        }
        file_into(flex_, fate, fate.spoiled_in_flex);
    }

    void file_into(Extractor& file, const Fate& fate, bool spoiled) {
        for (std::size_t i = 0; i < count_; ++i) {
            if (spoiled && i == 0) {
                Row sick = rows_[0];
                spoil(sick, fate.salt, closed_practice_);
                file.add(sick);
                ++file.counts.spoiled;
            } else {
                file.add(rows_[i]);
            }
            if (fate.doubled) {
                file.add(rows_[i]);
                ++file.counts.doubled;
            }
        }
    }

    const RecordSource& source_;
    DataSet set_;
    Month month_;
    Extractor flex_;
    std::optional<Extractor> freeze_;
    std::string closed_practice_ = "X97777";
    std::vector<Row> rows_;
    std::size_t count_ = 0;
};

}  // namespace

FilledMonth write_month(const RecordSource& source, DataSet set, Month month,
                        const std::filesystem::path& records) {
    return MonthWriter(source, set, month, records).written();
}

}  // namespace purse
