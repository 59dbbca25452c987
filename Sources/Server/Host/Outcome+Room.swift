internal import Archive
internal import Ledger
internal import OpenSSL
internal import Rooms
internal import Wire

// The outcome of a room as it stands.
extension Outcome {
    init(
        of id: RoomID,
        _ room: Room,
        _ texts: RoomTextBook,
        regions: [Region],
        key: Digest
    ) {
        let slots = room.roadshow.slots.map { slot in
            let words = texts.room?.slots.first { $0.id == slot.frame.id }
            return Project(
                words ?? SlotTexts(id: slot.frame.id, title: ""),
                slot.state,
                intents: room.intents.counts[slot.frame.id] ?? 0,
                most: room.attendance.bySlot[slot.frame.id],
                picture: texts.slides[slot.frame.id]?.first?.file
            )
        }
        // What was merged stands under the other, and an anonymous one has no name in a report.
        let standing = room.questions.filter { $0.value.mergedInto == nil }
        let questions = standing.sorted { $0.key < $1.key }.map { sequence, question in
            let content = texts.questions[sequence]?.content
            return Asked(
                about: question.slot,
                by: question.isAnonymous ? nil : content?.byline,
                text: content?.text,
                votes: room.supporters(of: sequence).count,
                state: question.state,
                answer: texts.answers[sequence]?.content?.text
            )
        }
        let kinds = Dictionary(
            grouping: room.members.keys,
            by: { texts.members[$0]?.card.kind }
        ).map { kind, members in
            let onSite = members.count { room.members[$0]?.isOnSite == true }
            return (kind: kind, members: members.count, onSite: onSite)
        }
        self.init(
            room: id,
            title: texts.room?.title ?? "",
            state: room.lifecycle.name,
            startsAt: room.roadshow.frame?.startsAt,
            slots: slots,
            judging: Judged(of: room, texts),
            questions: questions,
            polls: room.polls.sorted { $0.key < $1.key }.filter { $0.value.state == .closed }
                .map { id, poll in
                    Voted(
                        poll.frame.kind,
                        texts.polls[id],
                        voters: poll.voters,
                        counts: poll.counts
                    )
                },
            attendance: kinds.sorted {
                ($1.members, $0.kind ?? "~") < ($0.members, $1.kind ?? "~")
            },
            regions: regions,
            peak: room.attendance.mostAt.map { (room.attendance.most, $0) },
            events: room.sequence,
            key: key
        )
    }

    /// Its members as JSON.
    func write(to writer: inout JSONWriter) {
        writer.member("room", "\(room)")
        writer.member("title", title)
        writer.member("state", state.rawValue)
        writer.member("startsAt", orNull: startsAt?.milliseconds)
        writer.member("members", members)
        writer.member("onSite", onSite)
        writer.member(
            "attendance",
            array: { array in
                for (kind, count, onSite) in attendance {
                    array.object { object in
                        object.member("kind", orNull: kind)
                        object.member("members", count)
                        object.member("onSite", onSite)
                    }
                }
            }
        )
        writer.member(
            "regions",
            array: { array in
                for region in regions {
                    array.object { object in
                        object.member("region", region.code)
                        object.member("members", region.members)
                    }
                }
            }
        )
        if let peak {
            writer.member(
                "peak",
                object: { object in
                    object.member("here", peak.count)
                    object.member("at", peak.at.milliseconds)
                }
            )
        } else {
            writer.member("peak", .null)
        }
        writer.member("slots", array: { array in for slot in slots { write(slot, to: &array) } })
        writer.member("questions", array: { array in questions.forEach { $0.write(to: &array) } })
        writer.member("polls", array: { array in polls.forEach { $0.write(to: &array) } })
        if let judging { judging.write(to: &writer) } else { writer.member("judging", .null) }
        writer.member("events", events)
        writer.member("key", key.hex)
    }

    private func write(_ slot: Project, to array: inout JSONWriter) {
        array.object { object in
            slot.texts.write(to: &object)
            object.member("state", slot.state.rawValue)
            let count = questions(about: slot.id)
            object.member("asked", count.asked)
            object.member("answered", count.answered)
            object.member("intents", slot.intents)
            object.member("most", orNull: slot.most)
            object.member("picture", orNull: slot.picture)
        }
    }
}

extension Outcome.Judged {
    /// `nil` where nothing is judged.
    init?(of room: Room, _ texts: RoomTextBook) {
        guard let scheme = room.judging.scheme, let words = texts.judging else { return nil }
        let told = room.roadshow.slots.compactMap { room.judging.published[$0.frame.id] }
        self.init(scheme, words, scores: told, ranks: room.judging.ranks)
    }

    fileprivate func write(to writer: inout JSONWriter) {
        writer.member(
            "judging",
            object: { object in
                scheme.write(texts, to: &object)
                PublishedScores(scores: scores, ranks: ranks).write(to: &object)
            }
        )
    }
}

extension Outcome.Voted {
    fileprivate func write(to array: inout JSONWriter) {
        array.object { object in
            object.member("kind", kind.rawValue)
            object.member("voters", voters)
            object.member("counts", numbers: counts)
            if let texts {
                object.member("question", texts.question)
                object.member(
                    "labels",
                    array: { array in for label in texts.options { array.string(label) } }
                )
            } else {
                object.member("removed", true)
            }
        }
    }
}

extension Outcome.Asked {
    fileprivate func write(to array: inout JSONWriter) {
        array.object { object in
            object.member("slot", orNull: slot?.description)
            object.member("votes", votes)
            object.member("state", state.rawValue)
            byline?.write(to: &object)
            if let text { object.member("text", text) } else { object.member("removed", true) }
            if let answer { object.member("answer", answer) }
        }
    }
}
