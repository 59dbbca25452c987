// A process that only appends, for tests that cut its power and for the bench.
//
//   StorageDriver append FOLDER full|off WRITERS   one line for each acknowledged event, until killed
//   StorageDriver people FOLDER full|off           one line for each person added, until killed
//   StorageDriver bench FOLDER WRITERS SECONDS     durable appends per second, as append.c prints them

import Foundation

let arguments = CommandLine.arguments.dropFirst()
do {
    switch arguments.first {
    case "append" where arguments.count == 4:
        let words = Array(arguments)
        try await Appender.run(folder: words[1], synchronous: words[2], writers: words[3])
    case "people" where arguments.count == 3:
        let words = Array(arguments)
        try await Appender.addPeople(folder: words[1], synchronous: words[2])
    case "bench" where arguments.count == 4:
        let words = Array(arguments)
        try await Bench.run(folder: words[1], writers: words[2], seconds: words[3])
    default:
        FileHandle.standardError.write(Data("see the head of main.swift\n".utf8))
        exit(2)
    }
} catch {
    FileHandle.standardError.write(Data("\(error)\n".utf8))
    exit(1)
}
