internal import Foundation
internal import Ledger
internal import Rooms
internal import Storage
internal import Wire

/// Links into the example.
public struct ExampleLinks: Sendable {
    /// Opens the room for anybody.
    public let room: String
    /// Signs in as its moderator; once.
    public let moderator: String
    /// Signs in as somebody who may make rooms; once.
    public let organiser: String
    /// Signs in as one of its judges; once each.
    public let judges: [String]
    /// Signs in as the presenter of each slot; once each.
    public let presenters: [(slot: String, url: String)]
}

/// A roadshow of six projects made from real papers, in an event with another room, so that a fresh server shows what it is for.
struct Example {
    let world: World
    /// `config/example`: the papers, and the page images of the first slot.
    let folder: String

    /// Milliseconds that the links live.
    private static let linkLife: Int64 = 86_400_000

    /// Makes the example in a data folder that has none, and one-time links into it at every start.
    func links(base: String) async throws(StartFailure) -> ExampleLinks {
        do {
            let papers = try papers()
            let room: RoomID
            if let known = try await world.store.example() {
                room = known
            } else {
                room = try await make(papers)
            }
            let slots = try await world.withHost(of: room) { host, _, _ in
                host.durable.roadshow.slots.map(\.frame.id)
            }
            var presenters: [(slot: String, url: String)] = []
            for slot in slots {
                let (token, _) = try await world.invite(
                    to: room,
                    role: Role.presenter.rawValue,
                    slot: slot.description,
                    name: papers.first { $0.slot == slot }?.presenter,
                    lives: Self.linkLife
                )
                presenters.append((slot.description, "\(base)/join#\(token.text)"))
            }
            let (moderator, _) = try await world.invite(
                to: room,
                role: Role.moderator.rawValue,
                slot: nil,
                name: "主持人",
                lives: Self.linkLife
            )
            var judges: [String] = []
            for name in ["评委甲", "评委乙"] {
                let (judge, _) = try await world.invite(
                    to: room,
                    role: Role.judge.rawValue,
                    slot: nil,
                    name: name,
                    lives: Self.linkLife
                )
                judges.append("\(base)/join#\(judge.text)")
            }
            let (organiser, _) = try await world.invite(
                to: nil,
                role: "organiser",
                slot: nil,
                name: "主办方",
                lives: Self.linkLife
            )
            return ExampleLinks(
                room: "\(base)/r/\(room)",
                moderator: "\(base)/join#\(moderator.text)",
                organiser: "\(base)/join#\(organiser.text)",
                judges: judges,
                presenters: presenters
            )
        } catch let error as WireError {
            throw .example(error.message)
        } catch {
            throw .example("\(error)")
        }
    }

    /// Five criteria, told by the moderator when all projects are through.
    private static let judging = JudgingPlan(
        scheme: JudgingScheme(weights: [30, 20, 25, 15, 10]),
        texts: JudgingTexts(
            criteria: [
                .init(name: "创新性", anchors: "90 分以上：国际领先；80 分以上：国内领先"),
                .init(name: "技术成熟度"), .init(name: "市场前景"), .init(name: "团队能力"),
                .init(name: "知识产权"),
            ],
            panels: ["评委"]
        )
    )

    private func make(_ papers: [Paper]) async throws -> RoomID {
        let start = world.clock.now().advanced(byMilliseconds: 600_000)
        let plan = RoomPlan(
            frame: RoomFrame(
                language: "zh-CN",
                startsAt: start,
                slots: papers.map {
                    SlotFrame(
                        id: $0.slot,
                        pitchMilliseconds: 480_000,
                        questionsMilliseconds: 420_000
                    )
                }
            ),
            texts: RoomTexts(
                title: "示例路演：六项真实论文成果",
                slots: papers.map(\.texts)
            ),
            judging: Self.judging
        )
        let room = try await RoomMaker(world: world).make(plan)
        // Other rooms may begin earlier or bear the same title; only this tells which is the example.
        try await world.store.keepExample(room)
        for paper in papers { try await place(paper, in: room) }
        try await placeInEvent(room, startsAt: start)
        return room
    }

    /// Page images stand beside the papers, in a folder of the slot's name.
    private func place(_ paper: Paper, in room: RoomID) async throws {
        let pages = URL(filePath: folder).appending(path: "slides/\(paper.slot)")
        guard FileManager.default.fileExists(atPath: pages.path) else { return }
        var files: [SlideFile] = []
        for name in try FileManager.default.contentsOfDirectory(atPath: pages.path).sorted() {
            let bytes = [UInt8](try Data(contentsOf: pages.appending(path: name)))
            let image = try ImageUpload(bytes)
            guard let file = try await world.keep(bytes, image, in: room) else {
                throw StartFailure.example("uploads.files_per_room is less than its pages")
            }
            files.append(file)
        }
        _ = try await world.perform(.placeSlides(paper.slot, files), in: room, by: .server)
    }

    /// One line of the example's papers.
    private struct Paper {
        let slot: SlotID
        let presenter: String
        let texts: SlotTexts
    }

    /// `papers.tsv`: title, abstract, keywords, category, discipline, presenter, organisation.
    private func papers() throws -> [Paper] {
        let file = URL(filePath: folder).appending(path: "papers.tsv")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
        let source = "CSL (Li et al., COLING 2022), Apache-2.0"
        return lines.enumerated().compactMap { index, line in
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(
                String.init
            )
            guard cells.count >= 7 else { return nil }
            let slot = SlotID(place: index + 1)
            let texts = SlotTexts(
                id: slot,
                title: cells[0],
                abstract: cells[1],
                field: cells[4],
                presenters: cells[5],
                organisation: cells[6],
                source: source
            )
            return Paper(slot: slot, presenter: cells[5], texts: texts)
        }
    }
}
