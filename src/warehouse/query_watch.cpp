#include "warehouse/query_watch.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>

namespace purse {

namespace {

constexpr std::chrono::milliseconds between_looks{200};

void watch(const std::stop_token& stop, duckdb_connection connection,
           const std::function<void(double)>& tell) {
    std::mutex mutex;
    std::condition_variable_any stopped;
    std::unique_lock lock(mutex);
    double most = 0;
    while (!stopped.wait_for(lock, stop, between_looks, [] { return false; })) {
        if (stop.stop_requested()) return;
        most = std::max(most, duckdb_query_progress(connection).percentage);
        tell(std::min(most, 100.0));
    }
}

}  // namespace

QueryWatch::QueryWatch(Database& database, std::function<void(double percent)> tell) {
    if (!tell) return;
    database.run("prepare to tell the progress", "set enable_progress_bar = true");
    database.run("prepare to tell the progress", "set enable_progress_bar_print = false");
    watching_ = std::jthread([connection = database.connection(), tell = std::move(tell)](
                                 const std::stop_token& stop) { watch(stop, connection, tell); });
}

}  // namespace purse
