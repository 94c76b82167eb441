#include "desk/provider_answers_file.hpp"

#include <fmt/format.h>

#include <charconv>
#include <set>

#include "tables/delimited.hpp"

namespace purse {

namespace {

constexpr std::size_t longest_words = 2'000;

std::string in_small_letters(std::string text) {
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

std::optional<std::int64_t> whole(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc() || end != text.data() + text.size() || value < 1) return std::nullopt;
    return value;
}

// The columns of the file that came back.
class AnswerReader {
  public:
    static Result<AnswerReader> of(const TextTable& table) {
        const auto challenge = table.column("challenge");
        if (!challenge) return challenge.problem();
        const auto answer = table.column("answer");
        if (!answer) return answer.problem();
        AnswerReader reader;
        reader.challenge_ = *challenge;
        reader.answer_ = *answer;
        if (table.has("accepted_pounds")) reader.pounds_ = *table.column("accepted_pounds");
        if (table.has("words")) reader.words_ = *table.column("words");
        return reader;
    }

    void read(const TextTable::Row& row, ProviderAnswers& into) {
        const std::string& said = row.cells[answer_];
        if (said.empty()) return;
        ChallengeAnswer answer;
        answer.line = row.line;
        answer.says = words_ ? row.cells[*words_] : std::string();
        const auto refuse = [&](std::string column, std::string value, std::string reason,
                                std::string remedy) {
            into.refused.push_back({row.line, std::move(column), std::move(value),
                                    std::move(reason), std::move(remedy)});
        };
        const auto number = whole(row.cells[challenge_]);
        if (!number) {
            return refuse("challenge", row.cells[challenge_], "is not a challenge's number",
                          "leave the number as it is in the file you were sent");
        }
        answer.challenge = *number;
        if (!seen_.insert(*number).second) {
            return refuse("challenge", row.cells[challenge_], "is answered twice in this file",
                          "leave one line for each challenge");
        }
        if (answer.says.size() > longest_words) {
            return refuse("words", answer.says.substr(0, 40) + "...", "is too long",
                          fmt::format("say it in {} letters", longest_words));
        }
        const std::string pounds = pounds_ ? row.cells[*pounds_] : std::string();
        if (auto fault = read_amount(in_small_letters(said), pounds, answer)) {
            return refuse(fault->column, fault->value, fault->reason, fault->remedy);
        }
        if (answer.says.empty()) answer.says = default_words(in_small_letters(said));
        into.answers.push_back(std::move(answer));
    }

  private:
    static std::optional<RefusedAnswer> read_amount(const std::string& said,
                                                    const std::string& pounds,
                                                    ChallengeAnswer& answer) {
        if (said == "decline") {
            if (!answer.says.empty()) {
                answer.accepted = Pence(0);
                return std::nullopt;
            }
            return RefusedAnswer{0, "words", "", "is empty: a challenge is declined with reasons",
                                 "say why in the column 'words'"};
        }
        if (said == "accept") return std::nullopt;
        if (said != "part") {
            return RefusedAnswer{0, "answer", said, "is none of accept, part and decline",
                                 "write one of them"};
        }
        const auto amount = parse_pounds(pounds);
        if (!amount || *amount <= Pence(0)) {
            return RefusedAnswer{0, "accepted_pounds", pounds, "is no amount above £0.00",
                                 "write what you accept in pounds, such as 123.45"};
        }
        answer.accepted = *amount;
        return std::nullopt;
    }

    static std::string default_words(const std::string& said) {
        return said == "accept" ? "accepted" : "accepted in part";
    }

    std::size_t challenge_ = 0;
    std::size_t answer_ = 0;
    std::optional<std::size_t> pounds_;
    std::optional<std::size_t> words_;
    std::set<std::int64_t> seen_;
};

}  // namespace

Result<ProviderAnswers> read_provider_answers(std::string text, const std::string& name) {
    if (const auto fine = refuse_unless_text(text, name); !fine) return fine.problem();
    const auto table = read_table_text(std::move(text), name);
    if (!table) return table.problem();
    auto reader = AnswerReader::of(*table);
    if (!reader) return reader.problem();
    ProviderAnswers answers;
    for (const TextTable::Row& row : table->rows) reader->read(row, answers);
    return answers;
}

}  // namespace purse
