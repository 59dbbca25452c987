import LuyanClient
import Transport
import Wire

// Taking part otherwise than by words: votes and reactions.
extension BenchCrowd {
    /// Gives the votes that are due, and comes again for the next.
    func vote(on shard: isolated Shard) {
        let voters = plan.voters
        while figures.votes < voters.count {
            let step = plan.voting / Double(voters.count)
            let due = chatBegun + UInt64(Double(figures.votes) * step)
            let time = now
            guard due <= time else {
                return wake(.nextVote, after: .nanoseconds(due - time), on: shard)
            }
            let number = voters[figures.votes]
            figures.votes += 1
            guard let poll = plan.poll, seats[number].isJoined, let socket = seats[number].socket
            else { continue }
            seats[number].votedAt = time
            let values: [JSON.Member] = [
                .init("poll", .string(poll)),
                .init("choices", .array([.integer(Int64(1 + figures.votes % 2))])),
            ]
            let text = CommandText.bytes(
                id: "v-\(number)",
                type: "poll.vote",
                room: plan.room,
                values: .object(values)
            )
            switchboard.send(text, to: socket, on: shard)
        }
    }

    /// A viewer got an event of its own: its vote is kept.
    func toldOwn(_ number: Int, at received: UInt64) {
        guard let votedAt = seats[number].votedAt else { return }
        seats[number].votedAt = nil
        figures.votings.add(received > votedAt ? received - votedAt : 0)
    }

    /// Gives the reactions that are due, as long as there is chat.
    func react(on shard: isolated Shard) {
        guard plan.reactions > 0, case .chatting = phase else { return }
        let step = 1e9 / plan.reactions
        let time = now
        while chatBegun + UInt64(Double(figures.reactions) * step) <= time {
            let number = plan.viewers.count + figures.reactions % plan.senders.count
            figures.reactions += 1
            guard seats[number].isJoined, let socket = seats[number].socket else { continue }
            let text = CommandText.bytes(
                id: "r-\(figures.reactions)",
                type: "reaction.show",
                room: plan.room,
                values: .object([.init("reaction", .string("applause"))])
            )
            switchboard.send(text, to: socket, on: shard)
        }
        wake(.nextReaction, after: .milliseconds(5), on: shard)
    }
}
