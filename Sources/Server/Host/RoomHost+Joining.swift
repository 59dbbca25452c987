internal import Ledger
internal import OpenSSL
internal import Rooms
internal import Transport
internal import Wire

extension RoomHost {
    /// Answers a join from what is durable now; the connection follows from here on.
    func complete(_ call: JoinCall) {
        let member = call.member
        let reader = durable.readerClass(of: member)
        var proof: ConsistencyProof?
        if let note = call.request.checkpoint {
            switch consistency(with: note) {
            case .success(let found): proof = found
            case .failure(let error):
                tellAtOnce(.socket(call.connection, id: call.id), .failure(error))
                return
            }
        }
        let missed = missedEvents(since: call.request, reader: reader, member: member)
        let bytes = ServerMessage.answer(to: call.id) { writer in
            writer.member("room", "\(id)")
            writer.member("now", now().milliseconds)
            writer.member(
                "you",
                object: { you in
                    write(call, to: &you)
                }
            )
            writer.member(
                "cursor",
                object: { cursor in
                    cursor.member("class", previous[reader] ?? 0)
                    cursor.member("own", member.flatMap { ownPrevious[$0] } ?? 0)
                }
            )
            if let missed {
                writer.member("events", raw: ServerMessage.list(missed))
            } else {
                writer.member("snapshot", raw: snapshot(for: reader))
            }
            if durable.shows(to: reader) { writeInterest(to: &writer) }
            // Pages check it with this server's key.
            if !isForeign, let newest = newestCheckpoint ?? makeCheckpoint() {
                writer.member("checkpoint", newest.note)
            }
            if let proof { proof.write(to: &writer) }
            if case .recovering(let reason) = condition {
                writer.member("unavailable", reason.word)
            }
        }
        entered(reader, member)
        let joined = Segment.Joined(
            connection: call.connection,
            member: member,
            reader: reader,
            bytes: bytes
        )
        withJoining { $0.joined.append(joined) }
    }

    private func write(_ call: JoinCall, to you: inout JSONWriter) {
        guard let member = call.member, let membership = durable.members[member],
            !durable.mustSign(member)
        else {
            you.member("member", .null)
            writeDoor(call, to: &you)
            return
        }
        you.member("member", "\(member)")
        you.member("name", call.card.name)
        if membership.isMuted { you.member("muted", true) }
        if membership.isOnSite { you.member("onSite", true) }
        if let signed = durable.signatures[member] {
            you.member("signed", signed.milliseconds)
            if let name = texts.signatures[member] { you.member("signature", name) }
        }
        writeHeld(of: member, to: &you)
        writeConfided(to: member, membership, to: &you)
        writeBallots(of: member, to: &you)
        writeIntents(of: member, membership, to: &you)
        if membership.roles.readsAsStaff { you.member("waiting", durable.queue.count) }
        membership.writeRoles(to: &you)
        if membership.roles.contains(.judge) {
            Snapshot.writeOwnSheets(of: member, in: durable, texts, to: &you)
        }
        writeQuestions(of: member, to: &you)
    }

    /// The messages after what the client has; `nil` where it is to get a snapshot.
    private func missedEvents(
        since request: JoinRequest,
        reader: ReaderClass,
        member: MemberID?
    ) -> [[UInt8]]? {
        guard let since = request.since, since <= durable.sequence else { return nil }
        // What was told of a live room to all is not for all any more; outside a closed door nothing
        // is told but what everybody knows.
        let wasInside = !durable.door.isClosed || reader.sees(.members)
        if durable.lifecycle == .archived, wasInside, !durable.shows(to: reader) { return nil }
        let own = min(request.own ?? since, durable.sequence)
        // A change of role ends the stream: what the class before was not told is in the snapshot.
        let changed = member.flatMap { membershipChanged[$0] } ?? 0
        guard min(since, own) >= changed else { return nil }
        // Who saw the change itself as staff, and is none now, reads another stream since.
        guard since > changed || changed == 0 || reader.sees(.staff) else { return nil }
        let lastOwn = member.flatMap { ownPrevious[$0] } ?? 0
        let oldest = own < lastOwn ? min(since, own) : since
        let firstKept = recent.first?.sealed.sequence ?? durable.sequence + 1
        guard oldest + 1 >= firstKept else { return nil }
        var messages: [[UInt8]] = []
        var size = 0
        let start = recent.firstIndex { $0.sealed.sequence > oldest } ?? recent.endIndex
        for index in recent.indices[start...] {
            let sequence = recent[index].sealed.sequence
            if sequence > since, let bytes = message(at: index, for: reader) {
                messages.append(bytes)
                size += bytes.count
            }
            if let member, sequence > own, let bytes = recent[index].message(for: member) {
                messages.append(bytes)
                size += bytes.count
            }
            // Whoever missed more is served sooner by a snapshot.
            guard size <= Self.missedBytesLimit else { return nil }
        }
        return messages
    }

    /// That today's log continues the one that the client's checkpoint was made of.
    private func consistency(with note: String) -> Result<ConsistencyProof, WireError> {
        guard let kept = try? SignedCheckpoint(parsing: note) else {
            return .failure(
                WireError(.checkpointMalformed, "the checkpoint is no signed note; join without it")
            )
        }
        let checkpoint = kept.checkpoint
        guard checkpoint.room == id, kept.isSigned(by: checkpoints.key.publicKey) else {
            return .failure(
                WireError(.checkpointNotOurs, "this server's key did not sign it for this room")
            )
        }
        let size = tree.count
        guard checkpoint.size <= UInt64(size) else {
            let values = [
                JSON.Member("size", .integer(Int64(size))),
                JSON.Member("kept", .integer(Int64(clamping: checkpoint.size))),
            ]
            return .failure(
                WireError(.checkpointAhead, "the log is shorter than the checkpoint says", values)
            )
        }
        // A proof that does not fit the answer's checkpoint looks like forgery to whoever checks it.
        guard makeCheckpoint()?.checkpoint.size == UInt64(size) else {
            return .failure(.unavailable("checkpoint"))
        }
        let from = Int(checkpoint.size)
        do throws(LedgerError) {
            let hashes = try tree.consistencyProof(from: from, to: size)
            return .success(ConsistencyProof(from: from, to: size, hashes: hashes.map(\.hex)))
        } catch {
            return .failure(.unavailable("checkpoint"))
        }
    }
}

extension RoomHost {
    /// A checkpoint of the log as it is; the one before where nothing was added.
    @discardableResult
    func makeCheckpoint() -> SignedCheckpoint? {
        if let newest = newestCheckpoint, newest.checkpoint.size == UInt64(tree.count) {
            return newest
        }
        guard !isForeign, tree.count > 0,
            let made = try? checkpoints.checkpoint(of: id, tree, at: now())
        else {
            return nil
        }
        newestCheckpoint = made
        return made
    }
}

/// A consistency proof as it is sent (RFC 6962 §2.1.2): sizes in events, hashes in hex.
struct ConsistencyProof {
    let from: Int
    let to: Int
    let hashes: [String]

    func write(to writer: inout JSONWriter) {
        writer.member(
            "consistency",
            object: { object in
                object.member("from", from)
                object.member("to", to)
                object.member(
                    "hashes",
                    array: { array in
                        for hash in hashes { array.string(hash) }
                    }
                )
            }
        )
    }
}
