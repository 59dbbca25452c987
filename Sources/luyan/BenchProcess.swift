import Foundation

/// A process on this machine, as /proc shows it.
struct ServerProcess: Sendable {
    let pid: Int32

    init(_ pid: Int32) {
        self.pid = pid
    }

    /// What all threads ran so far, in nanoseconds; `nil` when the process is gone.
    var cpuNanoseconds: UInt64? {
        let folder = "/proc/\(pid)/task"
        guard let threads = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            return nil
        }
        // schedstat: nanoseconds on a CPU, nanoseconds waiting for one, time slices.
        return threads.reduce(into: 0) { sum, thread in
            guard let text = Self.text("\(folder)/\(thread)/schedstat"),
                let ran = text.split(separator: " ").first.flatMap({ UInt64($0) })
            else { return }
            sum &+= ran
        }
    }

    /// Memory that is in use now; `nil` when the process is gone.
    var residentBytes: Int? {
        guard let text = Self.text("/proc/\(pid)/status") else { return nil }
        let line = text.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        let kilobytes = line?.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first
        return kilobytes.flatMap { Int($0) }.map { $0 * 1_024 }
    }

    /// Files of /proc have no size that could be asked for.
    private static func text(_ path: String) -> String? {
        guard let file = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? file.close() }
        return (try? file.readToEnd()).flatMap { $0.map { String(decoding: $0, as: UTF8.self) } }
    }
}

/// The process's own descriptors.
enum Descriptors {
    /// Makes room for so many, as far as the hard limit allows.
    static func raise(to count: Int) throws {
        var limit = rlimit()
        let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        guard getrlimit(kind, &limit) == 0 else { return }
        guard limit.rlim_cur < rlim_t(count) else { return }
        guard limit.rlim_max >= rlim_t(count) else {
            throw BenchFailure.tooFewDescriptors(
                limit: Int(clamping: limit.rlim_max),
                needed: count
            )
        }
        limit.rlim_cur = rlim_t(count)
        _ = setrlimit(kind, &limit)
    }
}
