#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

#include "intake/spells.hpp"
#include "warehouse/episode_stage.hpp"
#include "warehouse/loading.hpp"

namespace purse {

namespace {

struct OpenFile {
    FileBytes bytes;
    bool mapped = false;
    std::vector<std::string> headings;
    std::string_view rest;
    std::uint64_t first_line = 1;
};

std::string shown(const ReadRequest& request) {
    return request.shown_as.empty() ? request.file.string() : request.shown_as;
}

Result<OpenFile> open_file(const ReadRequest& request) {
    auto bytes = FileBytes::open(request.file);
    if (!bytes) return bytes.problem();
    const std::string_view text = bytes->bytes();
    if (auto is_text = refuse_unless_text(text, shown(request)); !is_text) return is_text.problem();
    DelimitedReader reader(text, {});
    std::vector<std::string> headings;
    if (reader.next()) {
        for (const Field& field : reader.fields()) headings.emplace_back(field.text);
    }
    if (headings.empty()) {
        return bad_input(
            fmt::format("{} is empty: its first line must name the columns", shown(request)));
    }
    std::error_code ignored;
    // Inflated bytes are the program's own memory; only a mapping's pages may be given back.
    const bool mapped = std::filesystem::is_regular_file(request.file, ignored) &&
                        std::filesystem::file_size(request.file, ignored) == text.size();
    const std::string_view rest = reader.rest();
    const std::uint64_t line = reader.next_line();
    return OpenFile{std::move(bytes).value(), mapped, std::move(headings), rest, line};
}

Result<Intake> prepare(const ReadRequest& request, const std::vector<std::string>& headings) {
    auto layout = request.layout.empty() ? recognise(request.layouts, request.context.set, headings)
                                         : layout_named(request.layouts, request.layout);
    if (!layout) {
        return Problem{layout.problem().kind,
                       fmt::format("{}: {}", shown(request), layout.problem().says)};
    }
    auto intake = Intake::prepare(*layout, headings, request.context);
    if (!intake) {
        return Problem{intake.problem().kind,
                       fmt::format("{}: {}", shown(request), intake.problem().says)};
    }
    return intake;
}

// The threads that read the pieces of one file.
class Readers {
  public:
    Readers(const ReadRequest& request, const OpenFile& file, const Intake& intake,
            const RecordSink& sink)
        : request_(request),
          file_(file),
          intake_(intake),
          sink_(sink),
          cutter_(file.rest, file.first_line, {}, request.piece_size),
          stage_(request.staging_folder) {}

    ReadTotals run();

  private:
    void work();
    bool take(Piece& piece, std::uint64_t& sequence);
    void hand_on(std::uint64_t sequence, const Piece& piece, PieceOut& out);
    void add(const PieceOut& out);
    void build_spells_of_all_parts();
    void give_back(const Piece& piece) const;

    const ReadRequest& request_;
    const OpenFile& file_;
    const Intake& intake_;
    const RecordSink& sink_;

    std::mutex cutting_;
    PieceCutter cutter_;
    std::uint64_t next_sequence_ = 0;
    std::atomic<bool> stopped_{false};

    EpisodeStage stage_;
    std::mutex handing_on_;
    std::map<std::uint64_t, std::vector<Finding>> waiting_;  // findings of later pieces
    std::uint64_t next_findings_ = 0;
    LoadProgress progress_;
    ReadTotals totals_;
    std::exception_ptr fault_;
};

bool Readers::take(Piece& piece, std::uint64_t& sequence) {
    const std::lock_guard lock(cutting_);
    if (stopped_ || !cutter_.next(piece)) return false;
    sequence = next_sequence_++;
    return true;
}

void Readers::work() {
    try {
        Piece piece;
        std::uint64_t sequence = 0;
        PieceOut out;
        while (take(piece, sequence)) {
            intake_.read_piece(piece, out);
            sink_.records(sequence, out.records, out.given);
            stage_.append(out.episodes);
            hand_on(sequence, piece, out);
            give_back(piece);
        }
    } catch (...) {
        stopped_ = true;
        const std::lock_guard lock(handing_on_);
        if (!fault_) fault_ = std::current_exception();
    }
}

void Readers::add(const PieceOut& out) {
    totals_.rows_read += out.rows_read;
    totals_.records += out.records.rows;
    totals_.rows_rejected += out.rows_rejected;
    totals_.money_read += out.read;
    totals_.money_rejected += out.rejected;
}

void Readers::hand_on(std::uint64_t sequence, const Piece& piece, PieceOut& out) {
    const std::lock_guard lock(handing_on_);
    add(out);
    waiting_[sequence] = std::move(out.findings);
    for (auto next = waiting_.begin(); next != waiting_.end() && next->first == next_findings_;
         next = waiting_.begin()) {
        if (!next->second.empty()) sink_.findings(next->second);
        waiting_.erase(next);
        ++next_findings_;
    }
    progress_.records = totals_.rows_read;
    progress_.bytes_done += piece.bytes.size();
    if (request_.progress) request_.progress(progress_);
}

// What the system may map of a file around a page that is read: a neighbour's end comes back with
// it after the neighbour was given back.
constexpr std::size_t mapped_around = std::size_t{1} << 22;

// So that the pages of the file that have been read do not count as the program's memory.
void Readers::give_back(const Piece& piece) const {
    if (!file_.mapped) return;
    static const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
    const auto file_start = reinterpret_cast<std::uintptr_t>(file_.rest.data()) / page * page;
    const auto piece_start = reinterpret_cast<std::uintptr_t>(piece.bytes.data()) / page * page;
    const auto start = std::max(file_start, piece_start - mapped_around);
    const auto end = reinterpret_cast<std::uintptr_t>(piece.bytes.data()) + piece.bytes.size();
    ::madvise(reinterpret_cast<void*>(start), end - start, MADV_DONTNEED);
}

void Readers::build_spells_of_all_parts() {
    std::vector<Finding> findings;
    for (std::size_t i = 0; i < EpisodeStage::parts; ++i) {
        SpellsOut out = build_spells(intake_, stage_.part(i));
        totals_.records += out.spells.rows;
        totals_.rows_rejected += out.rows_rejected;
        totals_.rows_folded += out.rows_folded;
        sink_.records(next_sequence_++, out.spells, out.given);
        std::sort(out.findings.begin(), out.findings.end());
        if (!out.findings.empty()) sink_.findings(out.findings);
    }
}

ReadTotals Readers::run() {
    progress_.bytes_total = file_.rest.size();
    totals_.layout = intake_.layout().name;
    totals_.absent_fields = intake_.absent_fields();
    std::vector<std::thread> threads;
    for (int i = 1; i < request_.threads; ++i) threads.emplace_back([this] { work(); });
    work();
    for (std::thread& thread : threads) thread.join();
    if (fault_) std::rethrow_exception(fault_);
    if (request_.context.set == DataSet::admitted_care) build_spells_of_all_parts();
    CHECK(totals_.rows_read == totals_.records + totals_.rows_folded + totals_.rows_rejected);
    return totals_;
}

}  // namespace

Result<ReadTotals> read_records(const ReadRequest& request, const RecordSink& sink) {
    auto file = open_file(request);
    if (!file) return file.problem();
    auto intake = prepare(request, file->headings);
    if (!intake) return intake.problem();
    return Readers(request, *file, *intake, sink).run();
}

}  // namespace purse
